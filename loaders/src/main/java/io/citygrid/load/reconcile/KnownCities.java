package io.citygrid.load.reconcile;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.CityFragment;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The cities of the grid by their ids. */
public final class KnownCities {
    private KnownCities() {}

    /** @throws io.citygrid.grid.client.OutcomeUnknown if there was no answer in time */
    public static SortedMap<Integer, String> of(GridClient grid) {
        SortedSet<Integer> ids = new TreeSet<>();
        for (int id = 1; id < CityFragment.CITIES_MAX; id++) {
            ids.add(id);
        }
        SortedMap<Integer, String> cities = new TreeMap<>();
        // By key, because the first query after a start takes its time.
        grid.getAll(GridCaches.CITIES, ids).forEach((id, city) -> cities.put(id, city.name()));
        return cities;
    }

    /**
     * The one that a person means by its name or its id.
     *
     * @throws NoSuchCity if there is none
     */
    public static SortedMap<Integer, String> named(SortedMap<Integer, String> cities, String wanted) {
        for (Map.Entry<Integer, String> city : cities.entrySet()) {
            if (city.getValue().equalsIgnoreCase(wanted.strip())
                    || city.getKey().toString().equals(wanted.strip())) {
                return new TreeMap<>(Map.of(city.getKey(), city.getValue()));
            }
        }
        throw new NoSuchCity(wanted, cities);
    }
}
