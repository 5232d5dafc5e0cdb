package io.citygrid.launch;

import io.citygrid.model.CityFragment;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Cities as command lines write them: the two of the demo by name, any other with its id. */
final class CityNames {
    private CityNames() {}

    /**
     * The ids of {@code cities}, each written as {@code karachi}, {@code lahore} or {@code name=id}.
     *
     * @throws IllegalArgumentException saying what may be written
     */
    static Set<Integer> ids(Collection<String> cities) {
        return cities.stream().map(CityNames::id).collect(Collectors.toSet());
    }

    private static int id(String city) {
        return switch (city.strip()) {
            case "karachi" -> 1;
            case "lahore" -> 2;
            default -> {
                String[] named = city.split("=", 2);
                if (named.length == 2 && named[1].matches("[0-9]{1,2}")) {
                    yield CityFragment.requireCity(Integer.parseInt(named[1]));
                }
                throw new IllegalArgumentException(
                        "city '" + city + "': write karachi, lahore, or any other with its id, as in multan=3");
            }
        };
    }
}
