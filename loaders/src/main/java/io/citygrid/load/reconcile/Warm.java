package io.citygrid.load.reconcile;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.load.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Fills an empty grid from PostgreSQL. */
public final class Warm {
    /** Nobody sells there yet, and filling waits for PostgreSQL and for copies more than it works. */
    private static final int FRAGMENTS_AT_ONCE = 4;

    private Warm() {}

    /**
     * What filling came to.
     *
     * @param rows written or compared
     */
    public record Summary(List<CityComparison> cities, long rows) {
        public Summary {
            cities = List.copyOf(cities);
        }

        /** Whether everything is in the grid and equal to PostgreSQL. */
        public boolean complete() {
            return cities.stream().allMatch(CityComparison::equal);
        }
    }

    /**
     * The reference tables first, then each city. A part of the grid that is in use is refused.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; doing it again continues
     */
    public static Summary run(GridClient grid, Progress progress) {
        LongAdder rows = new LongAdder();
        List<CityComparison> cities = new ArrayList<>();
        CityComparison reference = new CityComparison("Reference tables");
        reference.add(grid.warm(FragmentRun.REFERENCE, rows::add));
        cities.add(reference);
        KnownCities.of(grid)
                .forEach((id, name) -> cities.add(Reconcile.ofCity(
                        id, name, FRAGMENTS_AT_ONCE, progress, fragment -> grid.warm(fragment, rows::add))));
        return new Summary(cities, rows.sum());
    }

    /** Whether the grid has no stores at all. */
    public static boolean isCold(GridClient grid) {
        return KnownCities.of(grid).isEmpty()
                || grid.query("SELECT store_id FROM stores LIMIT 1").isEmpty();
    }
}
