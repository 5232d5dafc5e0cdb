package io.citygrid.security.plugin;

import java.util.Set;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.managers.discovery.DiscoveryCustomMessage;
import org.apache.ignite.internal.processors.cache.DynamicCacheChangeBatch;
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
    private static final Set<Class<?>> JUDGED =
            Set.of(DynamicCacheChangeBatch.class, ChangeGlobalStateMessage.class, ServiceChangeBatchRequest.class);

    /** By name, because Ignite keeps them to itself. A setting of the cluster, as the control utility's {@code --property}. */
    private static final String SETTING =
            "org.apache.ignite.internal.processors.metastorage.persistence.DistributedMetaStorage";

    /** What a thin client's requests about types are handled by. */
    private static final String SENT_TYPES = "org.apache.ignite.internal.processors.platform.client.binary.";

    private DiscoveryGate() {}

    private static boolean isSetting(DiscoveryCustomMessage change) {
        return change.getClass().getName().startsWith(SETTING);
    }

    /** @throws SecurityException if whoever runs this thread may not change that */
    static void authorize(GridKernalContext context, DiscoveryCustomMessage change) {
        if (JUDGED.contains(change.getClass()) || change instanceof AbstractContinuousMessage) {
            return;
        }
        if (change instanceof SchemaProposeDiscoveryMessage ddl) {
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

    /**
     * Ignite's own parts make types known as they need them, for whoever they work (and a node that could not would fail); a client
     * that sends types without rows could only fill the nodes' memory with them.
     */
    private static void requireWriter(GridKernalContext context) {
        boolean sent = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(SENT_TYPES)));
        GridDoor door = GridDoor.of(context);
        SecuritySubject subject = context.security().securityContext().subject();
        if (sent && !door.allowsSome(subject, SecurityPermission.CACHE_PUT)) {
            String why = Refusal.MARK + subject.login() + " may not register types";
            door.audit().refused(subject, "types.register", null, why);
            throw new SecurityException(why);
        }
    }
}
