package io.citygrid.grid;

import io.citygrid.security.plugin.Caller;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJobAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * What a task has a node do. Its caller was allowed the task by name; here the caller is checked against what is asked, and then the
 * work is done with the node's own rights, since a caller has none for the tables themselves.
 */
public abstract class GridJob extends ComputeJobAdapter {
    private static final long serialVersionUID = 1L;

    /** The node that does the work. */
    @IgniteInstanceResource
    @SuppressWarnings("NullAway.Init") // Ignite sets it
    protected transient Ignite node;

    /**
     * Checks whether {@code caller} may ask for this.
     *
     * @throws org.apache.ignite.plugin.security.SecurityException if not
     */
    protected void require(Caller caller) {}

    /** The work itself. */
    @Nullable
    protected abstract Object work();

    @Override
    @Nullable
    public final Object execute() {
        require(Caller.of(node));
        return Caller.withNodesRights(node, this::work);
    }
}
