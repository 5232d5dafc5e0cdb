package io.citygrid.catalog;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.CityFragment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Which cities there are. */
@Component
public final class CityDirectory {
    private static final Logger log = LoggerFactory.getLogger(CityDirectory.class);

    /** A city as callers see it. */
    public record CityEntry(int id, String name) {}

    private final Remembered<Map<Integer, CityEntry>> cities;

    CityDirectory(GridClient grid) {
        this.cities = new Remembered<>(Map.of(), () -> read(grid));
    }

    private static Map<Integer, CityEntry> read(GridClient grid) {
        Map<Integer, CityEntry> cities = new LinkedHashMap<>();
        for (List<?> row : grid.query("SELECT id, name FROM cities ORDER BY id LIMIT ?", CityFragment.CITIES_MAX)) {
            int id = (Integer) row.get(0);
            cities.put(id, new CityEntry(id, (String) row.get(1)));
        }
        return Collections.unmodifiableMap(cities);
    }

    /**
     * All cities by id.
     *
     * @throws OutcomeUnknown if the grid does not answer
     */
    public Collection<CityEntry> all() {
        return cities.recent().values();
    }

    /** All cities that were ever read, by id, without asking the grid. */
    public Map<Integer, CityEntry> last() {
        return cities.last();
    }

    /** The names of {@code ids} as far as they are known: a city may have nodes before it has a row. */
    public Map<Integer, CityEntry> known(Set<Integer> ids) {
        Map<Integer, CityEntry> last = cities.last();
        if (last.keySet().containsAll(ids)) {
            return last;
        }
        try {
            return cities.recent();
        } catch (OutcomeUnknown noAnswer) {
            log.debug("names of cities are not known yet: {}", noAnswer.getMessage());
            return last;
        }
    }
}
