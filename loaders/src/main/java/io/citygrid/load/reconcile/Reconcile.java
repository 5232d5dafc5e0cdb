package io.citygrid.load.reconcile;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.reconcile.FragmentReport;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.load.progress.Progress;
import io.citygrid.model.CityFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntFunction;
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
                comparisons.add(ofCity(id, name, progress, fragment -> grid.reconcile(fragment, rows -> {}))));
        return comparisons;
    }

    /** One fragment of the city after the other. */
    static CityComparison ofCity(int cityId, String name, Progress progress, IntFunction<FragmentReport> work) {
        CityComparison comparison = new CityComparison(name);
        progress.start(name + "'s parts", CityFragment.SLOTS);
        for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
            comparison.add(work.apply(cityId * CityFragment.SLOTS + slot));
            progress.advance(1);
        }
        progress.done();
        comparison.problems().forEach(problem -> progress.problem(name + ": " + problem));
        return comparison;
    }
}
