package io.citygrid.grid.whole;

import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.growth.Retirements;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.whole.WholeAnswer.Member;
import io.citygrid.model.CityFragment;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.placement.CityAffinityFunction;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.placement.SurvivalGoal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * Answers whether the grid is whole: every node of the baseline is there and answers, every copy is complete and where it belongs,
 * and every fragment sells. The argument is the name of a node that is not expected, or empty.
 */
@GridInternal
public final class WholeTask extends ComputeTaskAdapter<String, WholeAnswer> {
    private static final long serialVersionUID = 1L;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, @Nullable String without) {
        return Map.of(
                new WholeJob(Objects.requireNonNullElse(without, "")),
                node.cluster().localNode());
    }

    @Override
    public WholeAnswer reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class WholeJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final String without;

        WholeJob(String without) {
            this.without = without;
        }

        @Override
        protected Object work() {
            if (node.cluster().state() != ClusterState.ACTIVE) {
                return new WholeAnswer(
                        List.of(), List.of("the cluster is " + node.cluster().state() + " and waits for its nodes"));
            }
            List<String> reasons = new ArrayList<>();
            long version = node.cluster().topologyVersion();
            Map<String, ClusterNode> present = new TreeMap<>();
            node.cluster()
                    .forServers()
                    .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                    .nodes()
                    .forEach(member -> present.put(member.consistentId().toString(), member));
            compareWithBaseline(present.keySet(), reasons);
            EveryNode.Answers<NodeLook.Seen> answers = EveryNode.ask(node, new NodeLook(), ANSWER_WITHIN);
            answers.silent().forEach(name -> reasons.add(name + " does not answer, or is still starting"));
            answers.byNode().forEach((name, seen) -> {
                if (seen.topologyVersion() != version) {
                    reasons.add(name + " does not see the same nodes as the others yet");
                }
                if (seen.copiesBeingFilled() > 0) {
                    reasons.add(name + " is being given " + seen.copiesBeingFilled() + " copies");
                }
                if (!seen.databasesKnown()) {
                    reasons.add(name + " does not know yet where every city's rows are kept");
                }
            });
            lookAtFragments(present.values(), reasons);
            return new WholeAnswer(members(present, answers.byNode()), reasons);
        }

        private static List<Member> members(Map<String, ClusterNode> present, Map<String, NodeLook.Seen> seen) {
            List<Member> members = new ArrayList<>();
            present.forEach((name, member) -> members.add(new Member(
                    name,
                    member.id(),
                    member.order(),
                    Optional.ofNullable(seen.get(name))
                            .map(NodeLook.Seen::comesBack)
                            .orElse(false))));
            return members;
        }

        private void compareWithBaseline(Set<String> present, List<String> reasons) {
            Set<String> baseline =
                    Objects.requireNonNullElse(node.cluster().currentBaselineTopology(), List.<BaselineNode>of())
                            .stream()
                            .map(member -> member.consistentId().toString())
                            .collect(Collectors.toCollection(TreeSet::new));
            Set<String> retired = Retirements.of(node);
            for (String name : baseline) {
                if (!present.contains(name) && !name.equals(without)) {
                    reasons.add(name + " is away");
                } else if (retired.contains(name)) {
                    reasons.add(name + " is about to leave for good");
                }
            }
            for (String name : present) {
                if (!baseline.contains(name) && !retired.contains(name)) {
                    reasons.add(name + " is about to be added to the baseline");
                }
            }
        }

        private void lookAtFragments(Collection<ClusterNode> present, List<String> reasons) {
            int lost = GridCaches.ORDERS.on(node).lostPartitions().size();
            if (lost > 0) {
                reasons.add(lost + " fragments have no living copy");
            }
            if (without.isEmpty()) {
                int elsewhere = notWhereTheyBelong(present);
                if (elsewhere > 0) {
                    reasons.add(elsewhere + " fragments are not where they belong yet");
                }
            }
            GridCaches.CITIES.on(node).localEntries(CachePeekMode.ALL).forEach(city -> {
                int first = city.getKey() * CityFragment.SLOTS;
                for (int fragment = first; fragment < first + CityFragment.SLOTS; fragment++) {
                    Optional<FragmentOpening> opening = FragmentOpenings.of(node, fragment);
                    if (opening.isEmpty() || !opening.get().state().sells()) {
                        String why = opening.map(FragmentOpening::message).orElse("it has not been looked at yet");
                        reasons.add(city.getValue().name() + "'s fragment " + fragment + " does not sell: " + why);
                        break;
                    }
                }
            });
        }

        private int notWhereTheyBelong(Collection<ClusterNode> present) {
            Set<String> retired = Retirements.of(node);
            SurvivalGoal goal =
                    SurvivalGoal.of(node.cluster().localNode().<String>attribute(NodeAttributes.SURVIVAL_GOAL));
            List<ClusterNode> holders = present.stream()
                    .filter(member -> !retired.contains(member.consistentId().toString()))
                    .toList();
            List<List<ClusterNode>> ideal = new CityAffinityFunction(goal).place(holders, goal.backups());
            Affinity<Object> affinity = node.affinity(GridCaches.ORDERS.name());
            int elsewhere = 0;
            for (int fragment = 0; fragment < ideal.size(); fragment++) {
                if (!List.copyOf(affinity.mapPartitionToPrimaryAndBackups(fragment))
                        .equals(ideal.get(fragment))) {
                    elsewhere++;
                }
            }
            return elsewhere;
        }
    }
}
