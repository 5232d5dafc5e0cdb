package io.citygrid.ops.web;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.placement.CityLoss;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a city can sell, as a node last saw the cluster: a fragment sells if it has a living owner that is in charge of the
 * city, and is open.
 *
 * @param fragments all of the city
 * @param selling those of them whose stores sell
 */
record CitySelling(int cityId, int fragments, int selling) {
    private static final String ACTIVE = "ACTIVE";

    /** Those of every city that has fragments, by id. */
    static Map<Integer, CitySelling> of(Topology topology) {
        Map<String, Set<Integer>> homes = new HashMap<>();
        topology.nodes().forEach(node -> homes.put(node.name(), Set.copyOf(node.cityIds())));
        boolean active = topology.state().equals(ACTIVE) && seesEnough(topology);
        Map<Integer, CitySelling> cities = new TreeMap<>();
        for (Fragment fragment : topology.fragments()) {
            int city = CityFragment.cityOf(fragment.fragment());
            boolean sells = active
                    && fragment.selling() == Selling.YES
                    && !fragment.owners().isEmpty()
                    && isInCharge(topology, homes, fragment.owners().get(0), city);
            CitySelling before = cities.getOrDefault(city, new CitySelling(city, 0, 0));
            cities.put(city, new CitySelling(city, before.fragments + 1, before.selling + (sells ? 1 : 0)));
        }
        return cities;
    }

    /** A node that sees fewer than half of the others refuses to sell; with cities that keep selling, their own nodes are enough. */
    private static boolean seesEnough(Topology topology) {
        long expected =
                topology.nodes().stream().filter(Topology.Node::inBaseline).count();
        long there = topology.nodes().stream()
                .filter(node -> node.inBaseline() && node.alive())
                .count();
        return 2 * there >= expected || topology.choices().cityLoss().equals(CityLoss.KEEP_SELLING.setting());
    }

    /** A city that keeps selling is sold for by its own nodes alone, until an operator lets others. */
    private static boolean isInCharge(Topology topology, Map<String, Set<Integer>> homes, String owner, int city) {
        boolean own = homes.getOrDefault(owner, Set.of()).contains(city);
        return topology.choices().cityLoss().equals(CityLoss.HAND_OVER.setting())
                || own != topology.takenOver().contains(city);
    }

    /** Whether any of its stores sell: while some do, nobody gains by taking the application away from all of them. */
    boolean some() {
        return selling > 0;
    }

    /** Such as {@code 15 of 16 fragments sell}. */
    String words() {
        return selling + " of " + fragments + " fragments sell";
    }
}
