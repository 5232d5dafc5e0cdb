package io.citygrid.grid.metrics;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.Database;
import io.citygrid.placement.SurvivalGoal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.ignite.cluster.ClusterState;

/**
 * The cluster as one of its nodes sees it, in numbers. Every node and every web app says them all, so that they are known while
 * one of them is left; rules take the worst.
 */
public final class TopologyReadings {
    private static final Map<Selling, String> STATES =
            Map.of(Selling.YES, "selling", Selling.SOON, "opening", Selling.SHUT, "shut", Selling.LOST, "lost");

    private final Topology topology;
    private final IntFunction<String> cityName;
    private final Instant now;
    private final Set<Integer> cities = new TreeSet<>();
    private final Map<String, Set<Integer>> homes = new TreeMap<>();

    /** @param cityName the name of a city, or something for it */
    public TopologyReadings(Topology topology, IntFunction<String> cityName, Instant now) {
        this.topology = topology;
        this.cityName = cityName;
        this.now = now;
        topology.nodes().forEach(node -> {
            homes.put(node.name(), new HashSet<>(node.cityIds()));
            cities.addAll(node.cityIds());
        });
    }

    /** Adds them to {@code readings}. */
    public void addTo(Readings readings) {
        nodes(readings);
        for (int city : cities) {
            fragments(readings, city);
            copies(readings, city);
            outbox(readings, city);
        }
        databases(readings);
    }

    private void nodes(Readings readings) {
        readings.flag(
                "citygrid_cluster_active",
                "Whether the cluster is active: it sells only then",
                topology.state().equals(ClusterState.ACTIVE.name()));
        readings.gauge(
                "citygrid_baseline_nodes",
                "Nodes that the cluster is made of",
                topology.nodes().stream().filter(Topology.Node::inBaseline).count());
        readings.gauge(
                "citygrid_baseline_nodes_online",
                "Nodes of the baseline that are there",
                topology.nodes().stream()
                        .filter(node -> node.inBaseline() && node.alive())
                        .count());
        topology.nodes()
                .forEach(node -> readings.flag(
                        "citygrid_member_online",
                        "Whether a node is in the cluster",
                        node.alive(),
                        "member",
                        node.name()));
    }

    private void fragments(Readings readings, int city) {
        String name = cityName.apply(city);
        SurvivalGoal goal = goal();
        Map<Selling, Integer> bySelling = new TreeMap<>();
        int offCity = 0;
        int tooFew = 0;
        for (Fragment fragment : topology.fragments()) {
            if (CityFragment.cityOf(fragment.fragment()) == city) {
                bySelling.merge(fragment.selling(), 1, Integer::sum);
                boolean owned = !fragment.owners().isEmpty();
                offCity += owned && !isHome(fragment.owners().get(0), city) ? 1 : 0;
                tooFew += fragment.owners().size() - fragment.moving().size() < goal.backups() + 1 ? 1 : 0;
            }
        }
        for (Selling selling : Selling.values()) {
            readings.gauge(
                    "citygrid_fragments",
                    "Fragments of a city by whether their stores sell: selling, opening (in a moment), shut (needs a "
                            + "person) or lost (no living copy)",
                    bySelling.getOrDefault(selling, 0),
                    "city",
                    name,
                    "state",
                    String.valueOf(STATES.get(selling)));
        }
        readings.gauge(
                "citygrid_fragments_off_city",
                "Fragments of a city whose primary is on a node of another city",
                offCity,
                "city",
                name);
        readings.gauge(
                "citygrid_fragments_short_of_copies",
                "Fragments of a city with fewer copies than the survival goal asks for",
                tooFew,
                "city",
                name);
        readings.flag(
                "citygrid_city_taken_over",
                "Whether an operator has let other cities sell for it",
                topology.takenOver().contains(city),
                "city",
                name);
    }

    private SurvivalGoal goal() {
        return Arrays.stream(SurvivalGoal.values())
                .filter(goal -> goal.setting().equals(topology.choices().survivalGoal()))
                .findFirst()
                .orElse(SurvivalGoal.BOTH);
    }

    private boolean isHome(String node, int city) {
        return homes.getOrDefault(node, Set.of()).contains(city);
    }

    private void copies(Readings readings, int city) {
        Map<String, Integer> primaries = new TreeMap<>();
        Map<String, Integer> backups = new TreeMap<>();
        homes.keySet().forEach(node -> {
            primaries.put(node, 0);
            backups.put(node, 0);
        });
        for (Fragment fragment : topology.fragments()) {
            if (CityFragment.cityOf(fragment.fragment()) == city) {
                for (int i = 0; i < fragment.owners().size(); i++) {
                    (i == 0 ? primaries : backups).merge(fragment.owners().get(i), 1, Integer::sum);
                }
            }
        }
        String name = cityName.apply(city);
        primaries.forEach((node, count) -> readings.gauge(
                "citygrid_primaries",
                "Fragments of a city that a node sells for",
                count,
                "member",
                node,
                "city",
                name));
        backups.forEach((node, count) -> readings.gauge(
                "citygrid_backups",
                "Fragments of a city that a node has a copy of",
                count,
                "member",
                node,
                "city",
                name));
    }

    private void outbox(Readings readings, int city) {
        long entries = 0;
        Instant oldest = now;
        for (NodeReport report : topology.reports()) {
            for (NodeReport.City reported : report.cities()) {
                if (reported.cityId() == city) {
                    entries += reported.entries();
                    Instant since = reported.oldestQueuedAt().orElse(now);
                    oldest = since.isBefore(oldest) ? since : oldest;
                }
            }
        }
        String name = cityName.apply(city);
        readings.gauge("citygrid_outbox_entries", "Outbox entries that wait for PostgreSQL", entries, "city", name);
        readings.gauge(
                "citygrid_outbox_oldest_seconds",
                "How long the oldest of them has waited",
                entries == 0 ? 0 : seconds(oldest),
                "city",
                name);
    }

    /** A database counts as out of reach if one node that needs it cannot reach it. */
    private void databases(Readings readings) {
        Map<String, Database> worst = new TreeMap<>();
        long ordersWaiting = 0;
        long logWaiting = 0;
        for (NodeReport report : topology.reports()) {
            report.cities().forEach(city -> worst.merge(city.database().name(), city.database(), this::worse));
            worst.merge(report.central().name(), report.central(), this::worse);
            ordersWaiting += report.ordersWaiting();
            logWaiting += report.logWaiting();
        }
        worst.forEach((name, database) -> {
            readings.flag(
                    "citygrid_database_reachable",
                    "Whether all nodes that need a database reach it",
                    database.reachable(),
                    "database",
                    name);
            readings.gauge(
                    "citygrid_database_out_of_reach_seconds",
                    "For how long one of them has not",
                    database.reachable() ? 0 : seconds(database.since()),
                    "database",
                    name);
        });
        readings.gauge(
                "citygrid_central_orders_waiting",
                "Orders whose mapping the central database has not confirmed",
                ordersWaiting);
        readings.gauge(
                "citygrid_central_log_rows_waiting", "Rows of the replication log that are not there yet", logWaiting);
    }

    private Database worse(Database one, Database other) {
        if (one.reachable() != other.reachable()) {
            return one.reachable() ? other : one;
        }
        return one.since().isBefore(other.since()) ? one : other;
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
    }
}
