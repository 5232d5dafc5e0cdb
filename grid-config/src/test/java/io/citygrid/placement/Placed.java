package io.citygrid.placement;

import io.citygrid.model.CityFragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.affinity.GridAffinityFunctionContextImpl;

/** Where every fragment lies on some nodes: for each fragment the names of its owners, the primary first. */
record Placed(List<List<String>> owners) {
    /** What the function answers for {@code nodes}, with as many backups as {@code goal} asks for. */
    static Placed on(List<ClusterNode> nodes, SurvivalGoal goal) {
        var context = new GridAffinityFunctionContextImpl(
                nodes, null, null, new AffinityTopologyVersion(nodes.size()), goal.backups());
        List<List<ClusterNode>> assignment = new CityAffinityFunction(goal).assignPartitions(context);
        return new Placed(assignment.stream()
                .map(owners -> owners.stream()
                        .map(owner -> owner.consistentId().toString())
                        .toList())
                .toList());
    }

    List<List<String>> ownersIn(int cityId) {
        return owners.subList(cityId * CityFragment.SLOTS, (cityId + 1) * CityFragment.SLOTS);
    }

    List<String> primariesIn(int cityId) {
        return ownersIn(cityId).stream().map(of -> of.get(0)).toList();
    }

    /** How many of a city's primaries each node has, for the nodes that have any. */
    Map<String, Integer> primariesPerNode(int cityId) {
        Map<String, Integer> counts = new HashMap<>();
        primariesIn(cityId).forEach(node -> counts.merge(node, 1, Integer::sum));
        return counts;
    }
}
