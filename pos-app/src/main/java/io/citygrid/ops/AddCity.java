package io.citygrid.ops;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.growth.DatabaseAnswer;
import io.citygrid.grid.growth.DatabaseQuestion;
import io.citygrid.model.CityFragment;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.CityDatabase;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.CityLoss;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a city known to a running grid. Its database comes first: the city gets its row, and its stores theirs, when every node
 * has reached the database, so that no row of the city can go elsewhere. Doing it again goes on where it ended.
 */
public final class AddCity {
    /** The schema of the new database is made by one of the nodes while the others wait. */
    private static final Duration IN_USE_WITHIN = Duration.ofSeconds(60);

    private final GridClient client;
    private final Consumer<String> tell;

    /** @param tell is told of every step, in sentences */
    public AddCity(GridClient client, Consumer<String> tell) {
        this.client = client;
        this.tell = tell;
    }

    /**
     * What is added.
     *
     * @param url JDBC URL of its database
     * @param createDatabase whether to make the database if its server has none of that name
     * @param stores names by code
     */
    public record Wanted(int id, String name, String url, boolean createDatabase, Map<String, String> stores) {
        public Wanted {
            CityFragment.requireCity(id);
            stores = Map.copyOf(stores);
        }
    }

    /** @throws NotDone saying why nothing was changed, or how far it came */
    public void run(Wanted wanted) {
        requireFreeName(wanted);
        DatabaseAnswer database = client.operate(
                Tasks.DATABASE, new DatabaseQuestion(wanted.id(), wanted.url(), wanted.createDatabase()));
        if (!database.problems().isEmpty()) {
            throw new NotDone("nothing was changed: not every node can keep " + wanted.name() + "'s rows in "
                    + wanted.url() + ": " + WholeGrid.words(database.problems()) + ".");
        }
        Instant now = Moments.now();
        if (!database.inUse()) {
            if (client.get(GridCaches.CITIES, wanted.id()) != null
                    && client.get(GridCaches.CITY_DATABASES, wanted.id()) == null) {
                throw new NotDone("nothing was changed: the rows of " + wanted.name()
                        + " are kept in the central database, and moving them is not supported.");
            }
            client.merge(
                    GridCaches.CITY_DATABASES,
                    Map.of(wanted.id(), new CityDatabase(wanted.url(), Versioned.FIRST, now, now)));
            awaitInUse(wanted);
        }
        tell.accept("every node keeps " + wanted.name() + "'s rows in " + wanted.url());
        client.merge(GridCaches.CITIES, Map.of(wanted.id(), new City(wanted.name(), Versioned.FIRST, now, now)));
        tell.accept("city " + wanted.id() + " is " + wanted.name());
        if (!wanted.stores().isEmpty()) {
            requireSomebodyInCharge(wanted);
            addStores(wanted, now);
        }
    }

    /** With {@code keep-selling} a city's rows are written by its own nodes alone. */
    private void requireSomebodyInCharge(Wanted wanted) {
        client.topology()
                .filter(topology -> CityLoss.of(topology.choices().cityLoss()) == CityLoss.KEEP_SELLING)
                .ifPresent(topology -> {
                    if (topology.nodes().stream()
                            .noneMatch(node -> node.alive() && node.cityIds().contains(wanted.id()))) {
                        throw new NotDone("the city was added, and no store yet: with --city-loss keep-selling its own"
                                + " nodes take its stores. Start one of them, then run the same command again.");
                    }
                });
    }

    private void requireFreeName(Wanted wanted) {
        Map<Integer, City> cities = client.getAll(
                GridCaches.CITIES,
                IntStream.range(1, CityFragment.CITIES_MAX).boxed().collect(Collectors.toCollection(TreeSet::new)));
        cities.forEach((id, city) -> {
            boolean sameName = city.name().equalsIgnoreCase(wanted.name());
            if (id == wanted.id() && !sameName) {
                throw new NotDone("nothing was changed: city " + id + " is " + city.name() + ". Choose another id.");
            }
            if (id != wanted.id() && sameName) {
                throw new NotDone("nothing was changed: " + city.name() + " is city " + id + ".");
            }
        });
    }

    private void awaitInUse(Wanted wanted) {
        long deadline = System.nanoTime() + IN_USE_WITHIN.toNanos();
        String missing = "a node does not use it yet";
        while (System.nanoTime() - deadline < 0) {
            try {
                DatabaseAnswer answer =
                        client.operate(Tasks.DATABASE, new DatabaseQuestion(wanted.id(), wanted.url(), false));
                if (answer.inUse()) {
                    return;
                }
                missing = answer.problems().isEmpty() ? missing : WholeGrid.words(answer.problems());
            } catch (OutcomeUnknown later) {
                missing = String.valueOf(later.getMessage());
            }
            WholeGrid.pause();
        }
        throw new NotDone("the nodes know " + wanted.url() + ", but not all of them use it after "
                + IN_USE_WITHIN.toSeconds() + " s (" + missing + "), so " + wanted.name()
                + " was not added. Run the same command again.");
    }

    private void addStores(Wanted wanted, Instant now) {
        Map<String, List<?>> known = new HashMap<>();
        int next = 1;
        for (List<?> row : client.query("SELECT store_id, city_id, code FROM stores")) {
            known.put(String.valueOf(row.get(2)), row);
            next = Math.max(next, ((Number) row.get(0)).intValue() + 1);
        }
        for (String code : new TreeSet<>(wanted.stores().keySet())) {
            List<?> before = known.get(code);
            if (before != null && ((Number) before.get(1)).intValue() != wanted.id()) {
                throw new NotDone("store " + code + " is in city " + before.get(1) + " already; the city was added, and"
                        + " the stores before it.");
            }
            int id = before == null ? next++ : ((Number) before.get(0)).intValue();
            String name = String.valueOf(wanted.stores().get(code));
            client.merge(
                    GridCaches.STORES,
                    Map.of(
                            new StoreKey(wanted.id(), id),
                            new Store(code, name, wanted.id(), Versioned.FIRST, now, now)));
            tell.accept("store " + id + " is " + code + ", " + name);
        }
    }
}
