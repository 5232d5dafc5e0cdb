package io.citygrid.placement;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ignite.cache.CacheMetrics;
import org.apache.ignite.cluster.ClusterMetrics;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.ClusterMetricsSnapshot;
import org.apache.ignite.lang.IgniteProductVersion;
import org.apache.ignite.spi.discovery.DiscoveryMetricsProvider;
import org.apache.ignite.spi.discovery.tcp.internal.TcpDiscoveryNode;

/** Ignite's own node descriptions, of nodes that are not running. */
final class Nodes {
    private Nodes() {}

    /** A data node that serves {@code cities} (ids separated by commas). */
    static ClusterNode node(String name, String cities) {
        return withAttributes(
                name, Map.of(NodeAttributes.CITY_ID, cities, NodeAttributes.ROLE, NodeAttributes.ROLE_DATA));
    }

    /** {@code count} nodes of one city, named after it. */
    static List<ClusterNode> city(int cityId, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> node("city" + cityId + "-" + number, Integer.toString(cityId)))
                .toList();
    }

    static ClusterNode withAttributes(String name, Map<String, Object> attributes) {
        TcpDiscoveryNode node = new TcpDiscoveryNode(
                UUID.randomUUID(),
                Set.of("127.0.0.1"),
                Set.of(),
                20000,
                new NoMetrics(),
                new IgniteProductVersion(),
                name);
        node.setAttributes(attributes);
        return node;
    }

    /** The names of {@code nodes}. */
    static Set<String> names(List<ClusterNode> nodes) {
        return nodes.stream()
                .map(node -> node.consistentId().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record NoMetrics() implements DiscoveryMetricsProvider {
        @Override
        public ClusterMetrics metrics() {
            return new ClusterMetricsSnapshot();
        }

        @Override
        public Map<Integer, CacheMetrics> cacheMetrics() {
            return Map.of();
        }
    }
}
