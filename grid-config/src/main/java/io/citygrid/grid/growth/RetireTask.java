package io.citygrid.grid.growth;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.Moments;
import io.citygrid.model.status.NodeRetirement;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.placement.SurvivalGoal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.BaselineNode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down that a node is taken out of the grid for good; the keeper of the baseline then takes it out as soon as it
 * has left, and its copies are made elsewhere. Answers an empty text, or why nothing was done.
 */
public final class RetireTask extends ComputeTaskAdapter<RetireRequest, String> {
    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(RetireTask.class);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, RetireRequest request) {
        return Map.of(new RetireJob(request), node.cluster().localNode());
    }

    @Override
    public String reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class RetireJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final RetireRequest request;

        RetireJob(RetireRequest request) {
            this.request = request;
        }

        @Override
        protected Object work() {
            if (request.undo()) {
                return GridTransaction.run(node, transaction -> {
                    if (transaction.lock(GridCaches.NODE_RETIREMENTS, request.name()) == null) {
                        return request.name() + " was not taken out.";
                    }
                    transaction.remove(GridCaches.NODE_RETIREMENTS, request.name());
                    return "";
                });
            }
            Map<String, Set<Integer>> citiesOf = citiesOf();
            String refusal = refusal(citiesOf);
            if (!refusal.isEmpty()) {
                return refusal;
            }
            log.warn("node {} is taken out of the grid for good", request.name());
            return GridTransaction.run(node, transaction -> {
                if (transaction.lock(GridCaches.NODE_RETIREMENTS, request.name()) == null) {
                    transaction.put(GridCaches.NODE_RETIREMENTS, request.name(), new NodeRetirement(Moments.now()));
                }
                return "";
            });
        }

        private String refusal(Map<String, Set<Integer>> citiesOf) {
            Set<Integer> cities = citiesOf.remove(request.name());
            if (cities == null) {
                // It may have been taken out by a try whose answer was lost.
                return Retirements.of(node).contains(request.name())
                        ? ""
                        : "There is no node " + request.name() + "; there are " + String.join(", ", citiesOf.keySet())
                                + ".";
            }
            Set<Integer> left = new TreeSet<>();
            citiesOf.values().forEach(left::addAll);
            for (int city : cities) {
                if (!left.contains(city)) {
                    return request.name() + " is the last node of city " + city
                            + ", whose fragments would move to other cities. Taking a whole city out is not supported;"
                            + " start another node of it first.";
                }
            }
            SurvivalGoal goal =
                    SurvivalGoal.of(node.cluster().localNode().<String>attribute(NodeAttributes.SURVIVAL_GOAL));
            if (citiesOf.size() <= goal.backups()) {
                return "With " + citiesOf.size() + " nodes left there would be fewer copies than the survival goal '"
                        + goal.setting() + "' asks for. Start another node first.";
            }
            return "";
        }

        /** Of the nodes of the baseline, by name. */
        private Map<String, Set<Integer>> citiesOf() {
            Collection<BaselineNode> baseline =
                    Objects.requireNonNullElse(node.cluster().currentBaselineTopology(), List.<BaselineNode>of());
            return baseline.stream()
                    .collect(Collectors.toMap(
                            member -> member.consistentId().toString(),
                            member -> NodeAttributes.parseCities(member.attribute(NodeAttributes.CITY_ID)),
                            (one, same) -> one,
                            TreeMap::new));
        }
    }
}
