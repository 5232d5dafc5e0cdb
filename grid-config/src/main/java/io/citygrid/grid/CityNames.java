package io.citygrid.grid;

import io.citygrid.model.catalog.City;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cache.CachePeekMode;

/** What people call cities. */
public final class CityNames {
    private CityNames() {}

    /** Empty if it has no name yet, or the grid has no rows at all while a backup is brought back. */
    public static Optional<String> of(Ignite node, int cityId) {
        IgniteCache<Integer, City> cities = node.cache(GridCaches.CITIES.name());
        return cities == null
                ? Optional.empty()
                : Optional.ofNullable(cities.localPeek(cityId, CachePeekMode.ALL))
                        .map(City::name);
    }

    /** Its name or, without one, something to know it by. */
    public static String orNumber(Ignite node, int cityId) {
        return of(node, cityId).orElse("city " + cityId);
    }
}
