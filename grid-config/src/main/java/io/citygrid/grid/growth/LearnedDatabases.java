package io.citygrid.grid.growth;

import io.citygrid.durability.Databases;
import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.model.CityFragment;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterState;

/**
 * Keeps a node's databases up to date with the grid, which knows where the rows of a city are kept that was added while the node
 * ran. Until a node has looked for the first time, it writes nothing of a city whose database it was not started with.
 */
public final class LearnedDatabases implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final SortedSet<Integer> CITY_IDS =
            IntStream.range(1, CityFragment.CITIES_MAX).boxed().collect(Collectors.toCollection(TreeSet::new));

    private final Ignite node;
    private final Databases databases;
    private final IntConsumer learned;
    private final Rounds rounds;

    /** @param learned told of each city whose database is new to this node */
    public LearnedDatabases(Ignite node, Databases databases, IntConsumer learned) {
        this.node = node;
        this.databases = databases;
        this.learned = learned;
        this.rounds = new Rounds(
                "learned-databases-" + node.name(),
                PAUSE,
                // A grid whose rows are gone knows no databases.
                () -> BackgroundWork.of(node).unlessClosed(() -> {}, this::round));
    }

    /**
     * That of a node of this process.
     *
     * @throws IllegalStateException while the node starts or stops
     */
    public static LearnedDatabases of(Ignite node) {
        LearnedDatabases own =
                node.cluster().<String, LearnedDatabases>nodeLocalMap().get(LearnedDatabases.class.getName());
        if (own == null) {
            throw new IllegalStateException("node " + node.name() + " is starting or stopping");
        }
        return own;
    }

    public void start() {
        node.cluster().<String, LearnedDatabases>nodeLocalMap().put(LearnedDatabases.class.getName(), this);
        rounds.start();
    }

    /** Whether it has looked since the node started. */
    public boolean complete() {
        return databases.complete();
    }

    private boolean round() {
        if (node.cluster().state() == ClusterState.ACTIVE) {
            lookNow();
        }
        return true;
    }

    /**
     * Looks at once; to be called outside of a transaction.
     *
     * @throws io.citygrid.grid.RolledBack if the grid could not be read in time
     */
    public void lookNow() {
        TreeMap<Integer, String> urls = new TreeMap<>();
        // By key and not what lies here: a node that joins is given the rows a little later.
        BoundedReads.getAll(node, GridCaches.CITY_DATABASES, CITY_IDS)
                .forEach((cityId, database) -> urls.put(cityId, database.url()));
        databases.learn(urls).forEach(learned::accept);
    }

    @Override
    public void close() {
        node.cluster().<String, LearnedDatabases>nodeLocalMap().remove(LearnedDatabases.class.getName());
        rounds.close();
    }
}
