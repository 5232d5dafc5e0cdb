package io.citygrid.security.plugin;

import java.util.List;
import java.util.Set;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.managers.discovery.DiscoveryCustomMessage;
import org.apache.ignite.internal.processors.cache.CacheType;
import org.apache.ignite.internal.processors.cache.DynamicCacheChangeBatch;
import org.apache.ignite.internal.processors.cache.DynamicCacheChangeRequest;
import org.apache.ignite.internal.processors.cache.binary.MetadataUpdateProposedMessage;
import org.apache.ignite.internal.processors.cluster.ChangeGlobalStateMessage;
import org.apache.ignite.internal.processors.continuous.AbstractContinuousMessage;
import org.apache.ignite.internal.processors.marshaller.MappingProposedMessage;
import org.apache.ignite.internal.processors.query.schema.message.SchemaProposeDiscoveryMessage;
import org.apache.ignite.internal.processors.service.ServiceChangeBatchRequest;
import org.apache.ignite.internal.util.distributed.InitMessage;
import org.apache.ignite.plugin.security.SecurityException;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.apache.ignite.plugin.security.SecuritySubject;

/** What right each change of the cluster needs. A kind of change that is not named here is for operators. */
final class DiscoveryGate {
    /** Ignite has asked for the right before it sends these. */
    private static final Set<Class<?>> JUDGED = Set.of(ChangeGlobalStateMessage.class, ServiceChangeBatchRequest.class);

    /** By name, because Ignite keeps them to itself. A setting of the cluster, as the control utility's {@code --property}. */
    private static final String SETTING =
            "org.apache.ignite.internal.processors.metastorage.persistence.DistributedMetaStorage";

    /** What clients' requests about types are handled by. */
    private static final List<String> SENT_TYPES = List.of(
            "org.apache.ignite.internal.processors.platform.client.binary.",
            "org.apache.ignite.internal.processors.odbc.jdbc.JdbcRequestHandler");

    private DiscoveryGate() {}

    private static boolean isSetting(DiscoveryCustomMessage change) {
        return change.getClass().getName().startsWith(SETTING);
    }

    /** @throws SecurityException if whoever runs this thread may not change that */
    static void authorize(GridKernalContext context, DiscoveryCustomMessage change) {
        if (JUDGED.contains(change.getClass()) || change instanceof AbstractContinuousMessage) {
            return;
        }
        if (change instanceof DynamicCacheChangeBatch caches) {
            requireForOthers(context, caches);
        } else if (change instanceof SchemaProposeDiscoveryMessage ddl) {
            context.security().authorize(ddl.operation().cacheName(), SecurityPermission.CACHE_CREATE);
        } else if (change instanceof MetadataUpdateProposedMessage || change instanceof MappingProposedMessage) {
            requireWriter(context);
        } else if (isSetting(change)) {
            // Views of SQL are kept there too, and whoever makes one has been asked for that right.
            context.security().authorize(SecurityPermission.ADMIN_WRITE_DISTRIBUTED_PROPERTY);
        } else if (change instanceof InitMessage) {
            context.security().authorize(SecurityPermission.ADMIN_SNAPSHOT);
        } else {
            context.security().authorize(SecurityPermission.ADMIN_OPS);
        }
    }

    /** For caches of rows Ignite has asked; for those of sets and atomic numbers, which a client makes by naming one, it does not. */
    private static void requireForOthers(GridKernalContext context, DynamicCacheChangeBatch caches) {
        for (DynamicCacheChangeRequest one : caches.requests()) {
            if (one.cacheType() != null && one.cacheType() != CacheType.USER) {
                context.security()
                        .authorize(
                                one.cacheName(),
                                one.stop() ? SecurityPermission.CACHE_DESTROY : SecurityPermission.CACHE_CREATE);
            }
        }
    }

    /**
     * Ignite's own parts make types known as they need them, for whoever they work (and a node that could not would fail); a client
     * that sends types without rows could only fill the nodes' memory with them.
     */
    private static void requireWriter(GridKernalContext context) {
        boolean sent = StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame -> SENT_TYPES.stream().anyMatch(frame.getClassName()::startsWith)));
        GridDoor door = GridDoor.of(context);
        SecuritySubject subject = context.security().securityContext().subject();
        if (sent && !door.allowsSome(subject, SecurityPermission.CACHE_PUT)) {
            String why = Refusal.MARK + subject.login() + " may not register types";
            door.audit().refused(subject, "types.register", null, why);
            throw new SecurityException(why);
        }
    }
}
