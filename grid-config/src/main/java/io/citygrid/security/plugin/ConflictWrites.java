package io.citygrid.security.plugin;

import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.processors.cache.dr.GridCacheDrManager;
import org.apache.ignite.internal.processors.cache.dr.GridOsCacheDrManager;
import org.apache.ignite.internal.processors.security.IgniteSecurity;
import org.apache.ignite.plugin.CachePluginConfiguration;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.security.SecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Conflict writes, by which one cluster tells another of its changes with their versions: refused to everybody but the node itself, since
 * Ignite asks for no right, not even in its own system cache, where such a write could stop a task on all nodes.
 */
final class ConflictWrites implements CachePluginProvider<ConflictWrites.None> {
    private final GridKernalContext context;
    private final String cache;

    /** Nothing is configured. */
    interface None extends CachePluginConfiguration<Object, Object> {}

    ConflictWrites(GridKernalContext context, String cache) {
        this.context = context;
        this.cache = cache;
    }

    @Override
    @Nullable
    public <T> T createComponent(Class<T> wanted) {
        return wanted == GridCacheDrManager.class ? wanted.cast(new Judge()) : null;
    }

    /** Ignite tells this of every conflict write before it does it. */
    private final class Judge extends GridOsCacheDrManager {
        @Override
        public void onReceiveCacheEntriesReceived(int entries) {
            IgniteSecurity security = context.security();
            if (!security.isDefaultContext()) {
                String why = Refusal.MARK + security.securityContext().subject().login() + " may not write to " + cache
                        + " with versions of their own";
                GridDoor.of(context)
                        .audit()
                        .refused(security.securityContext().subject(), "cache.conflict", cache, why);
                throw new SecurityException(why);
            }
        }
    }

    @Override
    public void start() {}

    @Override
    public void stop(boolean cancel) {}

    @Override
    public void onIgniteStart() {}

    @Override
    public void onIgniteStop(boolean cancel) {}

    @Override
    @Nullable
    public <T, K, V> T unwrapCacheEntry(javax.cache.Cache.Entry<K, V> entry, Class<T> wanted) {
        return null;
    }

    @Override
    public void validate() {}

    @Override
    public void validateRemote(CacheConfiguration own, CacheConfiguration theirs, ClusterNode remote) {}
}
