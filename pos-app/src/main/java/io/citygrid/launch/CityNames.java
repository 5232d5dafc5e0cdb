package io.citygrid.launch;

import io.citygrid.model.CityFragment;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Cities as command lines write them: by id, by name where it is known, or both. */
final class CityNames {
    private static final Map<String, Integer> DEMO = Map.of("karachi", 1, "lahore", 2);

    private CityNames() {}

    /**
     * The ids of {@code cities}, each written as an id, {@code karachi}, {@code lahore}, a name of {@code known} or
     * {@code name=id}.
     *
     * @param known ids of the grid's cities by name; empty if no grid was asked
     * @throws IllegalArgumentException saying what may be written
     */
    static Set<Integer> ids(Collection<String> cities, Map<String, Integer> known) {
        return cities.stream().map(city -> id(city.strip(), known)).collect(Collectors.toSet());
    }

    private static int id(String city, Map<String, Integer> known) {
        for (Map<String, Integer> names : List.of(known, DEMO)) {
            for (Map.Entry<String, Integer> name : names.entrySet()) {
                if (name.getKey().equalsIgnoreCase(city)) {
                    return name.getValue();
                }
            }
        }
        String id = city.substring(city.indexOf('=') + 1);
        if (id.matches("[0-9]{1,2}")) {
            return CityFragment.requireCity(Integer.parseInt(id));
        }
        throw new IllegalArgumentException("city '" + city + "': write "
                + (known.isEmpty()
                        ? "karachi, lahore"
                        : String.join(", ", known.keySet()).toLowerCase(Locale.ROOT))
                + ", or any other with its id, as in multan=3");
    }
}
