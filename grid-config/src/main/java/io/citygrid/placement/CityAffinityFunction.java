package io.citygrid.placement;

import io.citygrid.model.CityFragment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.ignite.cache.affinity.AffinityFunction;
import org.apache.ignite.cache.affinity.AffinityFunctionContext;
import org.apache.ignite.cluster.ClusterNode;

/**
 * Places each city's fragments on that city's nodes: the partition number is the city fragment.
 *
 * <p>The primary is a rendezvous choice among the city's nodes, capped so that they carry equal numbers of primaries (as far as 16 can be divided); backups
 * follow the {@link SurvivalGoal}. A city without a node is served by any node. The function is stateless and depends on the
 * nodes' consistent ids and cities only, so every node computes the same and a returning node gets back what it had.
 *
 * <p>All caches use this class with one set of parameters: Ignite ({@code SimilarAffinityKey}) and Calcite
 * ({@code AffinityIdentity}) take two functions of one class for the same, whatever their parameters.
 */
public final class CityAffinityFunction implements AffinityFunction {
    private static final long serialVersionUID = 1L;

    private final int backupsInCity;

    public CityAffinityFunction(SurvivalGoal goal) {
        this.backupsInCity = goal.backupsInCity();
    }

    @Override
    public int partitions() {
        return CityFragment.COUNT;
    }

    /** @throws IllegalArgumentException if the affinity key is not a city fragment */
    @Override
    public int partition(Object affinityKey) {
        if (!(affinityKey instanceof Integer fragment)) {
            throw new IllegalArgumentException("the affinity key must be a city fragment (an int), not "
                    + (affinityKey == null ? "null" : affinityKey.getClass().getName()));
        }
        if (fragment < 0 || fragment >= CityFragment.COUNT) {
            throw new IllegalArgumentException("no city fragment: " + fragment);
        }
        return fragment;
    }

    @Override
    public List<List<ClusterNode>> assignPartitions(AffinityFunctionContext context) {
        return place(context.currentTopologySnapshot(), context.backups());
    }

    /** For each city fragment its owners among {@code nodes}, the primary first, when all of them are there. */
    public List<List<ClusterNode>> place(List<ClusterNode> nodes, int backups) {
        Map<ClusterNode, Set<Integer>> citiesOf = new HashMap<>();
        nodes.forEach(node -> citiesOf.put(node, NodeAttributes.cities(node)));
        int copies = Math.min(backups + 1, nodes.size());
        List<List<ClusterNode>> assignment = new ArrayList<>(CityFragment.COUNT);
        for (int cityId = 0; cityId < CityFragment.CITIES_MAX; cityId++) {
            assignCity(assignment, nodes, citiesOf, cityId, copies);
        }
        return assignment;
    }

    private void assignCity(
            List<List<ClusterNode>> assignment,
            List<ClusterNode> nodes,
            Map<ClusterNode, Set<Integer>> citiesOf,
            int cityId,
            int copies) {
        List<ClusterNode> ownNodes = nodes.stream()
                .filter(node -> citiesOf.getOrDefault(node, Set.of()).contains(cityId))
                .toList();
        List<ClusterNode> homes = ownNodes.isEmpty() ? nodes : ownNodes;
        Map<ClusterNode, Integer> primaries = new HashMap<>();
        for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
            int partition = cityId * CityFragment.SLOTS + slot;
            LinkedHashSet<ClusterNode> owners = new LinkedHashSet<>();
            primary(ranked(homes, partition), primaries)
                    .ifPresent(home -> addBackups(owners, home, ranked(nodes, partition), ownNodes, citiesOf, copies));
            assignment.add(new ArrayList<>(owners));
        }
    }

    /** The best ranked node that still has room: of 16 fragments on n nodes each gets 16 / n, and 16 % n of them one more. */
    private static Optional<ClusterNode> primary(List<ClusterNode> ranked, Map<ClusterNode, Integer> primaries) {
        int share = CityFragment.SLOTS / Math.max(1, ranked.size());
        int larger = CityFragment.SLOTS % Math.max(1, ranked.size());
        long largerTaken =
                primaries.values().stream().filter(count -> count > share).count();
        Optional<ClusterNode> primary = ranked.stream()
                .filter(home -> {
                    int count = primaries.getOrDefault(home, 0);
                    return count < share || count == share && largerTaken < larger;
                })
                .findFirst();
        primary.ifPresent(home -> primaries.merge(home, 1, Integer::sum));
        return primary;
    }

    private void addBackups(
            Set<ClusterNode> owners,
            ClusterNode primary,
            List<ClusterNode> ranked,
            List<ClusterNode> ownNodes,
            Map<ClusterNode, Set<Integer>> citiesOf,
            int copies) {
        Set<Integer> primaryCities = citiesOf.getOrDefault(primary, Set.of());
        Predicate<ClusterNode> near =
                node -> !Collections.disjoint(primaryCities, citiesOf.getOrDefault(node, Set.of()));
        int inCity = Math.min(copies, 1 + backupsInCity);
        owners.add(primary);
        addUpTo(owners, ranked.stream().filter(ownNodes::contains).toList(), inCity);
        addUpTo(owners, ranked.stream().filter(near).toList(), inCity);
        addUpTo(owners, ranked.stream().filter(near.negate()).toList(), copies);
        // Better a copy in the wrong city than none.
        addUpTo(owners, ranked, copies);
    }

    private static void addUpTo(Set<ClusterNode> owners, List<ClusterNode> candidates, int size) {
        for (ClusterNode candidate : candidates) {
            if (owners.size() >= size) {
                return;
            }
            owners.add(candidate);
        }
    }

    /** The nodes by rendezvous (highest random weight) hashing of the partition with their consistent ids. */
    private static List<ClusterNode> ranked(List<ClusterNode> nodes, int partition) {
        Map<ClusterNode, Long> weights = new HashMap<>();
        nodes.forEach(node -> weights.put(node, weight(node.consistentId().hashCode(), partition)));
        return nodes.stream()
                .sorted(Comparator.<ClusterNode, Long>comparing(weights::get)
                        .thenComparing(node -> node.consistentId().toString()))
                .toList();
    }

    /** Thomas Wang's 64-bit integer mix, as Ignite's own RendezvousAffinityFunction uses it. */
    private static long weight(int node, int partition) {
        long mixed = (node & 0xFFFFFFFFL) | ((partition & 0xFFFFFFFFL) << 32);
        mixed = ~mixed + (mixed << 21);
        mixed ^= mixed >>> 24;
        mixed += (mixed << 3) + (mixed << 8);
        mixed ^= mixed >>> 14;
        mixed += (mixed << 2) + (mixed << 4);
        mixed ^= mixed >>> 28;
        mixed += mixed << 31;
        return mixed;
    }

    @Override
    public void removeNode(UUID nodeId) {
        // Nothing is kept about nodes.
    }

    @Override
    public void reset() {
        // Nothing is kept between assignments.
    }
}
