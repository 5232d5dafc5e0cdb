package io.citygrid.load.reconcile;

import io.citygrid.grid.client.GridClient;
import io.citygrid.load.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Brings the warehouse up to date with the grid, city by city. */
public final class Warehouse {
    private Warehouse() {}

    /**
     * All stores of the cities.
     *
     * @param city a name or an id; {@code null} for all
     * @param anew whether to throw away first what the warehouse has
     * @throws NoSuchCity if the grid has no such city
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; doing it again continues, or with {@code anew}
     *     begins again
     */
    public static List<CityComparison> run(GridClient grid, @Nullable String city, boolean anew, Progress progress) {
        SortedMap<Integer, String> known = KnownCities.of(grid);
        SortedMap<Integer, String> wanted = city == null ? known : KnownCities.named(known, city);
        List<CityComparison> comparisons = new ArrayList<>();
        wanted.forEach((id, name) -> comparisons.add(
                Reconcile.ofCity(id, name, 1, progress, fragment -> grid.warehouse(fragment, anew, lines -> {}))));
        return comparisons;
    }
}
