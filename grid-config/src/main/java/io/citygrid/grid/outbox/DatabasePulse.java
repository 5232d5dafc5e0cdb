package io.citygrid.grid.outbox;

import io.citygrid.durability.Databases;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Asks the databases now and then whether they answer, so that an outage is noticed before a sale meets it, also at night. */
final class DatabasePulse implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Databases databases;
    private final Supplier<Set<Integer>> cityIds;
    private final Rounds rounds;

    /** @param cityIds the cities whose databases to ask; 0 is the central one */
    DatabasePulse(String nodeName, Databases databases, Supplier<Set<Integer>> cityIds) {
        this.databases = databases;
        this.cityIds = cityIds;
        this.rounds = new Rounds("database-pulse-" + nodeName, PAUSE, this::round);
    }

    void start() {
        rounds.start();
    }

    private boolean round() {
        cityIds.get().forEach(databases::ask);
        return true;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
