package io.citygrid.load.reconcile;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.reconcile.FragmentReport;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.load.progress.Progress;
import io.citygrid.model.CityFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares the grid with PostgreSQL, city by city, and brings both together. */
public final class Reconcile {
    private Reconcile() {}

    /**
     * The reference tables first, then each city.
     *
     * @param city a name or an id; {@code null} for all
     * @throws NoSuchCity if the grid has no such city
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; doing it again continues
     */
    public static List<CityComparison> run(GridClient grid, @Nullable String city, Progress progress) {
        List<CityComparison> comparisons = new ArrayList<>();
        SortedMap<Integer, String> known = KnownCities.of(grid);
        SortedMap<Integer, String> wanted = city == null ? known : KnownCities.named(known, city);
        CityComparison reference = new CityComparison("Reference tables");
        reference.add(grid.reconcile(FragmentRun.REFERENCE, rows -> {}));
        comparisons.add(reference);
        wanted.forEach((id, name) ->
                comparisons.add(ofCity(id, name, 1, progress, fragment -> grid.reconcile(fragment, rows -> {}))));
        return comparisons;
    }

    /**
     * All fragments of the city.
     *
     * @param atOnce fragments at a time; while a fragment is compared, its stores wait
     */
    static CityComparison ofCity(
            int cityId, String name, int atOnce, Progress progress, IntFunction<FragmentReport> work) {
        CityComparison comparison = new CityComparison(name);
        progress.start(name + "'s parts", CityFragment.SLOTS);
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<FragmentReport>> reports = IntStream.range(0, CityFragment.SLOTS)
                    .mapToObj(slot -> threads.submit(() -> {
                        FragmentReport report = work.apply(cityId * CityFragment.SLOTS + slot);
                        progress.advance(1);
                        return report;
                    }))
                    .toList();
            reports.forEach(report -> comparison.add(await(report)));
        } finally {
            threads.shutdownNow();
        }
        progress.done();
        comparison.problems().forEach(problem -> progress.problem(name + ": " + problem));
        return comparison;
    }

    private static FragmentReport await(Future<FragmentReport> report) {
        try {
            return report.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted while waiting for a part of a city", stopping);
        }
    }
}
