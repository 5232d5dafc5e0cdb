package io.citygrid.grid;

import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * A task of one job, which runs on the primary of a city fragment; thin clients run it by name. It is right on any node, only
 * slower, and so may be taken over by another when its node leaves.
 *
 * @param <T> what the task is asked
 * @param <R> what it answers; expected refusals are values, since an exception reaches a thin client without its type
 */
public abstract class FragmentTask<T, R> extends ComputeTaskAdapter<T, R> {
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient Ignite node;

    /** The fragment in which the job works. */
    protected abstract int fragment(T argument);

    /** The job, a named static class with plain data. */
    protected abstract ComputeJob job(T argument);

    @Override
    public final Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, T argument) {
        int fragment = fragment(argument);
        if (node.cache(GridCaches.ORDERS.name()) == null) {
            // While a backup is brought back: the job says so.
            return Map.of(job(argument), node.cluster().localNode());
        }
        ClusterNode primary = node.affinity(GridCaches.ORDERS.name()).mapPartitionToNode(fragment);
        if (primary == null) {
            throw new IgniteException("no living node holds city fragment " + fragment);
        }
        return Map.of(job(argument), primary);
    }

    @Override
    public final R reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }
}
