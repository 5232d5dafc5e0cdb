package io.citygrid.ops.check;

import io.citygrid.grid.check.Finding;
import io.citygrid.grid.check.Finding.Weight;
import io.citygrid.grid.check.Trouble;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.model.status.NodeReport;
import io.citygrid.placement.SurvivalGoal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the cluster says of itself: nodes, fragments and where they lie, and what waits for databases. */
final class ClusterCheck {
    /** Rows that wait for a database that answers are told within seconds. */
    private static final Duration BACKLOG_AGE_MAX = Duration.ofMinutes(1);

    private final Topology topology;
    private final SortedMap<Integer, String> cities;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    /** Why, by database and node. */
    private final TreeMap<String, TreeMap<String, String>> unreachable = new TreeMap<>();

    /**
     * @param cities the names of the cities to check, by id
     * @param now by a clock like those of the nodes
     */
    ClusterCheck(Topology topology, SortedMap<Integer, String> cities, Instant now) {
        this.topology = topology;
        this.cities = cities;
        this.now = now;
    }

    List<Finding> run() {
        nodes();
        cities.forEach((id, name) -> {
            List<Fragment> fragments = topology.fragments().stream()
                    .filter(fragment -> CityFragment.cityOf(fragment.fragment()) == id)
                    .toList();
            selling(name, fragments);
            home(id, name, fragments);
            copies(id, name, fragments);
            backlog(id, name);
        });
        databases();
        return findings;
    }

    private void add(Weight weight, Trouble trouble, String sentence) {
        findings.add(new Finding(weight, trouble, sentence));
    }

    private void nodes() {
        if (!topology.state().equals("ACTIVE")) {
            add(Weight.WRONG, Trouble.NODES, "the cluster is " + topology.state() + ": no store sells");
        }
        for (Topology.Node node : topology.nodes()) {
            if (!node.alive()) {
                add(Weight.WRONG, Trouble.NODES, "node " + node.name() + " is away");
            } else if (!node.inBaseline()) {
                add(
                        Weight.WRONG,
                        Trouble.NODES,
                        "node " + node.name() + " is here but not in the baseline, so it holds nothing");
            } else if (topology.reports().stream()
                    .noneMatch(report -> report.node().equals(node.name()))) {
                add(Weight.UNCHECKED, Trouble.NODES, "node " + node.name() + " has not said for a while how it is");
            }
        }
    }

    private void selling(String city, List<Fragment> fragments) {
        List<Integer> lost = numbers(fragments, Selling.LOST);
        if (!lost.isEmpty()) {
            add(Weight.WRONG, Trouble.LOST, city + ": no living node has " + words(lost));
        }
        fragments.stream()
                .filter(fragment -> fragment.selling() == Selling.SHUT)
                .forEach(shut -> add(
                        Weight.WRONG,
                        Trouble.SHUT,
                        city + ", fragment " + shut.fragment() + ", is shut: " + shut.message()));
    }

    private static List<Integer> numbers(List<Fragment> fragments, Selling selling) {
        return fragments.stream()
                .filter(fragment -> fragment.selling() == selling)
                .map(Fragment::fragment)
                .toList();
    }

    private static String words(List<Integer> fragments) {
        return (fragments.size() == 1 ? "fragment " : "fragments ")
                + fragments.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void home(int cityId, String city, List<Fragment> fragments) {
        if (topology.nodes().stream().noneMatch(node -> node.cityIds().contains(cityId))) {
            add(Weight.NOTE, Trouble.AWAY, city + " has no nodes of its own");
            return;
        }
        Map<String, List<Integer>> strangers = new LinkedHashMap<>();
        for (Fragment fragment : fragments) {
            fragment.owners().stream()
                    .findFirst()
                    .filter(primary -> !isAtHome(primary, cityId))
                    .ifPresent(primary -> strangers
                            .computeIfAbsent(primary, unused -> new ArrayList<>())
                            .add(fragment.fragment()));
        }
        strangers.forEach((node, away) -> {
            if (topology.takenOver().contains(cityId)) {
                add(Weight.NOTE, Trouble.AWAY, city + " was taken over: " + node + " serves " + words(away));
            } else {
                add(Weight.WRONG, Trouble.AWAY, city + ": " + node + " of another city serves " + words(away));
            }
        });
    }

    private boolean isAtHome(String node, int cityId) {
        return topology.nodes().stream()
                .anyMatch(
                        member -> member.name().equals(node) && member.cityIds().contains(cityId));
    }

    private void copies(int cityId, String city, List<Fragment> fragments) {
        long members =
                topology.nodes().stream().filter(Topology.Node::inBaseline).count();
        int wanted = (int) Math.min(
                members, SurvivalGoal.of(topology.choices().survivalGoal()).backups() + 1);
        List<Integer> fewer = fragments.stream()
                .filter(fragment ->
                        !fragment.owners().isEmpty() && fragment.owners().size() < wanted)
                .map(Fragment::fragment)
                .toList();
        if (!fewer.isEmpty()) {
            add(
                    Weight.WRONG,
                    Trouble.NODES,
                    city + ": fewer than " + wanted + " copies of " + words(fewer)
                            + ", so another node that dies may lose sales");
        }
        if (fragments.size() < CityFragment.SLOTS) {
            add(
                    Weight.UNCHECKED,
                    Trouble.UNSEEN,
                    city + " (" + cityId + "): the cluster does not tell of its fragments");
        }
    }

    private void backlog(int cityId, String city) {
        long entries = 0;
        Optional<Instant> oldest = Optional.empty();
        boolean reachable = true;
        String database = "";
        for (NodeReport report : topology.reports()) {
            for (NodeReport.City own : report.cities()) {
                if (own.cityId() == cityId) {
                    entries += own.entries();
                    database = own.database().name();
                    reachable &= own.database().reachable();
                    Optional<Instant> queued = own.oldestQueuedAt();
                    if (queued.isPresent()
                            && oldest.filter(queued.get()::isAfter).isEmpty()) {
                        oldest = queued;
                    }
                    outOfReach(report, own.database());
                }
            }
        }
        if (entries == 0) {
            return;
        }
        long seconds =
                oldest.map(since -> Duration.between(since, now).toSeconds()).orElse(0L);
        boolean old = reachable && seconds > BACKLOG_AGE_MAX.toSeconds();
        add(
                old ? Weight.WRONG : Weight.NOTE,
                Trouble.OUTBOX,
                city + ": " + entries + " outbox entries wait for " + database + ", the oldest since "
                        + Math.max(0, seconds) + " s" + (old ? ", though it answers" : ""));
    }

    private void outOfReach(NodeReport report, NodeReport.Database database) {
        if (!database.reachable()) {
            unreachable.computeIfAbsent(database.name(), unused -> new TreeMap<>())
                    .put(report.node(), database.reason());
        }
    }

    private void databases() {
        topology.reports().forEach(report -> outOfReach(report, report.central()));
        unreachable.forEach((database, reasons) -> add(
                Weight.UNCHECKED,
                Trouble.DATABASES,
                database + " is out of reach of " + String.join(", ", reasons.keySet()) + ": "
                        + reasons.firstEntry().getValue()));
    }
}
