package io.citygrid.ops.check;

import io.citygrid.grid.check.CheckReport;
import io.citygrid.grid.check.Finding;
import io.citygrid.grid.check.Finding.Weight;
import io.citygrid.grid.check.Trouble;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.KnownCities;
import io.citygrid.model.CityFragment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Checks a running system: what the cluster says of itself, then every part of every city on the node that has it. */
final class SystemCheck {
    /** A node checks two at a time; sales come first. */
    private static final int FRAGMENTS_AT_ONCE = 2;

    private final GridClient grid;
    private final Progress progress;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Long> looked = new TreeMap<>();

    SystemCheck(GridClient grid, Progress progress) {
        this.grid = grid;
        this.progress = progress;
    }

    /**
     * Does it.
     *
     * @param city a name or an id; {@code null} for all
     * @throws io.citygrid.load.reconcile.NoSuchCity if the grid has no such city
     * @throws OutcomeUnknown if the grid does not answer
     */
    CheckResult run(@Nullable String city) {
        long begun = System.nanoTime();
        Topology topology = grid.run(0, Tasks.TOPOLOGY, "");
        SortedMap<Integer, String> cities = new TreeMap<>();
        if (topology.state().equals("ACTIVE")) {
            SortedMap<Integer, String> known = KnownCities.of(grid);
            cities.putAll(city == null ? known : KnownCities.named(known, city));
        }
        new ClusterCheck(topology, cities, Instant.now()).run().forEach(this::add);
        looked.put("nodes", (long) topology.nodes().size());
        looked.put("cities", (long) cities.size());
        if (topology.state().equals("ACTIVE")) {
            parts(topology, cities);
        }
        return new CheckResult(
                List.copyOf(findings.values()), Map.copyOf(looked), Duration.ofNanos(System.nanoTime() - begun));
    }

    /** The same may be found in many places, such as a database that is out of reach. */
    private void add(Finding finding) {
        findings.putIfAbsent(finding.toString(), finding);
    }

    private void parts(Topology topology, SortedMap<Integer, String> cities) {
        List<Integer> parts = new ArrayList<>();
        parts.add(FragmentRun.REFERENCE);
        for (Fragment fragment : topology.fragments()) {
            if (cities.containsKey(CityFragment.cityOf(fragment.fragment())) && fragment.selling() != Selling.LOST) {
                parts.add(fragment.fragment());
            }
        }
        progress.start("parts checked", parts.size());
        ExecutorService threads = Executors.newFixedThreadPool(FRAGMENTS_AT_ONCE);
        try {
            List<Future<CheckReport>> reports = parts.stream()
                    .map(part -> threads.submit(() -> {
                        CheckReport report = part(part, cities);
                        progress.advance(1);
                        return report;
                    }))
                    .toList();
            for (Future<CheckReport> report : reports) {
                CheckReport done = report.get();
                done.findings().forEach(this::add);
                done.looked().forEach((what, count) -> looked.merge(what, count, Long::sum));
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted while the system was checked", stopping);
        } finally {
            threads.shutdownNow();
        }
        progress.done();
    }

    private CheckReport part(int part, SortedMap<Integer, String> cities) {
        try {
            return grid.check(part, rows -> {});
        } catch (OutcomeUnknown unanswered) {
            String place = part == FragmentRun.REFERENCE
                    ? "the reference tables"
                    : cities.get(CityFragment.cityOf(part)) + ", fragment " + part;
            return new CheckReport(
                    List.of(new Finding(
                            Weight.UNCHECKED,
                            Trouble.UNSEEN,
                            place + ": could not be checked: " + unanswered.getMessage())),
                    Map.of());
        }
    }
}
