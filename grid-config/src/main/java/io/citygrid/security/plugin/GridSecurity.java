package io.citygrid.security.plugin;

import io.citygrid.security.GridLogin;
import io.citygrid.security.NodeSecurity;
import io.citygrid.security.Policy;
import io.citygrid.security.Users;
import io.citygrid.security.audit.AuditLog;
import io.citygrid.security.audit.AuditSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.security.GridSecurityProcessor;
import org.apache.ignite.plugin.CachePluginContext;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.ExtensionRegistry;
import org.apache.ignite.plugin.IgnitePlugin;
import org.apache.ignite.plugin.PluginConfiguration;
import org.apache.ignite.plugin.PluginContext;
import org.apache.ignite.plugin.PluginProvider;
import org.jspecify.annotations.Nullable;

/** Ignite's plugin by which a node knows its users: who logs in, who may do what, and which SQL nobody may write. */
public final class GridSecurity implements PluginProvider<PluginConfiguration> {
    private final Users users;
    private final Policy policy;
    private final GridLogin own;
    private final AuditLog audit;

    private GridSecurity(Users users, Policy policy, GridLogin own, AuditLog audit) {
        this.users = users;
        this.policy = policy;
        this.own = own;
        this.audit = audit;
    }

    /**
     * Of a node.
     *
     * @param node its name
     * @throws IllegalArgumentException if users or policy cannot be read, or the audit log not be written
     */
    public static GridSecurity of(NodeSecurity settings, String node) {
        OldProtocols.refuse();
        Users users = Users.of(settings.users());
        Policy policy = settings.policy() == null ? Policy.shipped() : Policy.of(settings.policy());
        try {
            return new GridSecurity(
                    users, policy, settings.login(), AuditLog.open(AuditSettings.of(settings.audit(), node)));
        } catch (IOException notWritable) {
            throw new IllegalArgumentException(
                    "the audit log in " + settings.audit() + " cannot be written: " + notWritable.getMessage(),
                    notWritable);
        }
    }

    /** How the node's audit log is. */
    public AuditLog.State audit() {
        return audit.state();
    }

    @Override
    public String name() {
        return "citygrid-security";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String copyright() {
        return "";
    }

    @Override
    @Nullable
    public <T> T createComponent(PluginContext context, Class<T> wanted) {
        IgniteEx node = (IgniteEx) context.grid();
        if (wanted == GridSecurityProcessor.class) {
            return wanted.cast(new GridDoor(node.context(), users, policy, own, new DoorAudit(audit)));
        }
        return wanted == FrameworkConfig.class ? wanted.cast(SqlGate.frameworkConfig(node.context())) : null;
    }

    @Override
    public void validateNewNode(ClusterNode node) {
        // The door compares policies earlier, and says why to the node that is refused.
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends IgnitePlugin> T plugin() {
        return (T) new IgnitePlugin() {};
    }

    @Override
    public void initExtensions(PluginContext context, ExtensionRegistry registry) {}

    @Override
    public CachePluginProvider<?> createCacheProvider(CachePluginContext context) {
        return new ConflictWrites(
                ((IgniteEx) context.grid()).context(),
                context.igniteCacheConfiguration().getName());
    }

    @Override
    public void start(PluginContext context) throws IgniteException {}

    @Override
    public void stop(boolean cancel) {
        audit.close();
    }

    @Override
    public void onIgniteStart() {}

    @Override
    public void onIgniteStop(boolean cancel) {}

    @Override
    @Nullable
    public Serializable provideDiscoveryData(UUID nodeId) {
        return null;
    }

    @Override
    public void receiveDiscoveryData(UUID nodeId, Serializable data) {}
}
