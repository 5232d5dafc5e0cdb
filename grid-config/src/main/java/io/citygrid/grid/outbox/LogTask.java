package io.citygrid.grid.outbox;

import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Answers the newest rows of the replication log. Every node is asked for all its copies, so the answer is complete and comes
 * within a second also while a node is frozen, for which an SQL query would wait.
 */
public final class LogTask extends ComputeTaskAdapter<LogQuery, LogPage> {
    private static final long serialVersionUID = 1L;

    private static final Duration WITHIN = Duration.ofMillis(700);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, LogQuery query) {
        return Map.of(new AskJob(query), node.cluster().localNode());
    }

    @Override
    public LogPage reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class AskJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final LogQuery query;

        AskJob(LogQuery query) {
            this.query = query;
        }

        @Override
        protected Object work() {
            TreeMap<Long, ReplicationLogEntry> newest = new TreeMap<>();
            for (LogPage page :
                    EveryNode.ask(node, new Read(query), WITHIN).byNode().values()) {
                page.rows().forEach(row -> newest.put(row.id(), row.entry()));
            }
            return new LogPage(newest, query.limit());
        }
    }

    /** What one node reads. */
    public static final class Read implements IgniteCallable<LogPage> {
        private static final long serialVersionUID = 1L;

        private final LogQuery query;

        @IgniteInstanceResource
        private transient Ignite node;

        Read(LogQuery query) {
            this.query = query;
        }

        @Override
        public LogPage call() {
            TreeMap<Long, ReplicationLogEntry> newest = new TreeMap<>();
            for (Cache.Entry<ReplicationLogKey, ReplicationLogEntry> row :
                    GridCaches.REPLICATION_LOG.on(node).localEntries(CachePeekMode.PRIMARY, CachePeekMode.BACKUP)) {
                if (query.status()
                        .filter(status -> status != row.getValue().status())
                        .isEmpty()) {
                    newest.put(row.getKey().id(), row.getValue());
                    if (newest.size() > query.limit()) {
                        newest.pollFirstEntry();
                    }
                }
            }
            return new LogPage(newest, query.limit());
        }
    }
}
