package io.citygrid.grid.growth;

import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.placement.NodeAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Answers on which terms a node joins the grid, so that nobody has to write them a second time. */
public final class JoinTask extends ComputeTaskAdapter<Object, JoinTerms> {
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, @Nullable Object nothing) {
        return Map.of(new JoinJob(), node.cluster().localNode());
    }

    @Override
    public JoinTerms reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class JoinJob extends GridJob {
        private static final long serialVersionUID = 1L;

        @Override
        protected Object work() {
            Map<String, Integer> cities = new HashMap<>();
            GridCaches.CITIES
                    .on(node)
                    .localEntries(CachePeekMode.ALL)
                    .forEach(city -> cities.put(city.getValue().name(), city.getKey()));
            ClusterNode local = node.cluster().localNode();
            return new JoinTerms(
                    node
                            .cluster()
                            .forServers()
                            .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                            .nodes()
                            .stream()
                            .map(member -> member.<String>attribute(NodeAttributes.DISCOVERY_ADDRESS))
                            .filter(Objects::nonNull)
                            .sorted()
                            .toList(),
                    WriteThrough.of(node).databases().settings().format(),
                    local.attribute(NodeAttributes.SURVIVAL_GOAL),
                    local.attribute(NodeAttributes.CITY_LOSS),
                    local.attribute(NodeAttributes.WRITE_THROUGH),
                    cities);
        }
    }
}
