package io.citygrid.grid.topology;

import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.topology.Topology.Choices;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.cluster.BaselineNode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.internal.processors.task.GridInternal;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * Answers how the cluster looks to the node that is asked. Touches no data of a city, so it answers while one is away,
 * and, with Ignite's mark for tasks of its own, while the cluster is not active (see {@code Clocks}).
 */
@GridInternal
public final class TopologyTask extends ComputeTaskAdapter<Object, Topology> {
    /** Longer than clocks of servers differ. A living node that has not reported for that long says nothing any more. */
    private static final Duration REPORTS_COUNT_FOR = Duration.ofSeconds(30);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, @Nullable Object nothing) {
        return Map.of(new TopologyJob(), node.cluster().localNode());
    }

    @Override
    public Topology reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class TopologyJob extends GridJob {
        private static final long serialVersionUID = 1L;

        @Override
        protected Object work() {
            return of(node);
        }
    }

    /** The cluster as {@code node} sees it. */
    public static Topology of(Ignite node) {
        Map<String, Topology.Node> nodes = new TreeMap<>();
        Collection<BaselineNode> baseline =
                Objects.requireNonNullElse(node.cluster().currentBaselineTopology(), List.<BaselineNode>of());
        Set<String> expected = new TreeSet<>();
        baseline.forEach(member -> expected.add(member.consistentId().toString()));
        for (BaselineNode member : baseline) {
            nodes.put(member.consistentId().toString(), view(member, member::attribute, false, true));
        }
        Set<Integer> cities = new TreeSet<>();
        for (ClusterNode member : node.cluster().forServers().nodes()) {
            if (NodeAttributes.isDataNode(member)) {
                String name = member.consistentId().toString();
                nodes.put(name, view(member, member::attribute, true, expected.contains(name)));
            }
        }
        nodes.values().forEach(member -> cities.addAll(member.cityIds()));
        ClusterState state = node.cluster().state();
        List<Fragment> fragments = new ArrayList<>();
        List<NodeReport> reports = new ArrayList<>();
        Set<Integer> takenOver = new TreeSet<>();
        if (state != ClusterState.INACTIVE && node.cache(GridCaches.CITIES.name()) == null) {
            reports.addAll(reports(node, nodes));
            fragments.addAll(closedFragments(node, cities));
        } else if (state != ClusterState.INACTIVE) {
            for (Cache.Entry<Integer, ?> city : GridCaches.CITIES.on(node).localEntries(CachePeekMode.ALL)) {
                cities.add(city.getKey());
            }
            fragments.addAll(fragments(node, cities));
            reports.addAll(reports(node, nodes));
            GridCaches.CITY_TAKEOVERS
                    .on(node)
                    .localEntries(CachePeekMode.ALL)
                    .forEach(takeover -> takenOver.add(takeover.getKey()));
        }
        return new Topology(
                new Choices(
                        choice(node, NodeAttributes.SURVIVAL_GOAL),
                        choice(node, NodeAttributes.WRITE_THROUGH),
                        choice(node, NodeAttributes.CITY_LOSS)),
                state.name(),
                node.cluster().topologyVersion(),
                List.copyOf(nodes.values()),
                fragments,
                reports,
                List.copyOf(takenOver));
    }

    private static String choice(Ignite node, String attribute) {
        return Objects.requireNonNullElse(node.cluster().localNode().<String>attribute(attribute), "unknown");
    }

    /** This node's own copies, so that no other node is waited for. */
    private static List<NodeReport> reports(Ignite node, Map<String, Topology.Node> nodes) {
        Map<String, NodeReport> reports = new TreeMap<>();
        Instant oldest = Instant.now().minus(REPORTS_COUNT_FOR);
        for (Cache.Entry<String, NodeReport> report :
                GridCaches.NODE_REPORTS.on(node).localEntries(CachePeekMode.ALL)) {
            Topology.Node reporter = nodes.get(report.getKey());
            if (reporter != null
                    && reporter.alive()
                    && report.getValue().reportedAt().isAfter(oldest)) {
                reports.put(report.getKey(), report.getValue());
            }
        }
        return List.copyOf(reports.values());
    }

    private static List<Fragment> fragments(Ignite node, Set<Integer> cities) {
        Affinity<Object> affinity = node.affinity(GridCaches.ORDERS.name());
        Set<Integer> lost = new TreeSet<>(GridCaches.ORDERS.on(node).lostPartitions());
        MovingCopies moving = MovingCopies.seenBy(node);
        List<Fragment> fragments = new ArrayList<>();
        for (int city : cities) {
            for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
                int fragment = city * CityFragment.SLOTS + slot;
                Collection<ClusterNode> owners = affinity.mapPartitionToPrimaryAndBackups(fragment);
                Copies copies = new Copies(
                        owners.stream()
                                .map(owner -> owner.consistentId().toString())
                                .toList(),
                        moving.of(fragment, owners));
                fragments.add(fragment(node, fragment, copies, owners.isEmpty() || lost.contains(fragment)));
            }
        }
        return fragments;
    }

    /** Names of nodes; those whose copy is being filled are in both. */
    private record Copies(List<String> owners, List<String> moving) {}

    private static Fragment fragment(Ignite node, int fragment, Copies copies, boolean lost) {
        if (lost) {
            return new Fragment(fragment, copies.owners(), copies.moving(), Selling.LOST, "");
        }
        Optional<GridClosing> closing = Closing.hindering(node);
        if (closing.isPresent()) {
            return closed(fragment, copies.owners(), closing.get());
        }
        Optional<FragmentOpening> opening = FragmentOpenings.of(node, fragment);
        if (opening.isEmpty()) {
            return new Fragment(fragment, copies.owners(), copies.moving(), Selling.SOON, "");
        }
        Selling selling =
                switch (opening.get().state()) {
                    case OPEN, OPEN_UNCHECKED -> Selling.YES;
                    case RECONCILING -> Selling.SOON;
                    case SHUT -> Selling.SHUT;
                };
        return new Fragment(
                fragment,
                copies.owners(),
                copies.moving(),
                selling,
                selling == Selling.YES ? "" : opening.get().message());
    }

    private static Fragment closed(int fragment, List<String> owners, GridClosing closing) {
        return new Fragment(
                fragment,
                owners,
                List.of(),
                closing.state() == GridClosing.State.STOPPED ? Selling.SHUT : Selling.SOON,
                closing.message());
    }

    /** While a backup is brought back there are no caches, so nobody owns anything. */
    private static List<Fragment> closedFragments(Ignite node, Set<Integer> cities) {
        List<Fragment> fragments = new ArrayList<>();
        Closing.of(node).ifPresent(closing -> {
            for (int city : cities) {
                for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
                    fragments.add(closed(city * CityFragment.SLOTS + slot, List.of(), closing));
                }
            }
        });
        return fragments;
    }

    private interface Attributes {
        @Nullable
        String get(String name);
    }

    private static Topology.Node view(BaselineNode member, Attributes attributes, boolean alive, boolean inBaseline) {
        return new Topology.Node(
                member.consistentId().toString(),
                List.copyOf(new TreeSet<>(NodeAttributes.parseCities(attributes.get(NodeAttributes.CITY_ID)))),
                Objects.requireNonNullElse(attributes.get(NodeAttributes.THIN_ADDRESS), ""),
                alive,
                inBaseline);
    }
}
