package io.citygrid.model.status;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the databases are behind the grid, as one node sees it for the city fragments of which it is the primary. */
public final class NodeReport {
    /** A database, seen from the node. */
    public static final class Database {
        private final String name;
        private final boolean reachable;
        private final Timestamp since;
        private final String reason;

        /**
         * @param since when it was found to be reachable, or not to be
         * @param reason why it is out of reach; empty if it is not
         */
        public Database(String name, boolean reachable, Instant since, String reason) {
            this.name = name;
            this.reachable = reachable;
            this.since = Moments.column(since);
            this.reason = reason;
        }

        public String name() {
            return name;
        }

        public boolean reachable() {
            return reachable;
        }

        public Instant since() {
            return since.toInstant();
        }

        public String reason() {
            return reason;
        }
    }

    /** A city's database and what waits for it. */
    public static final class City {
        private final int cityId;
        private final Database database;
        private final long entries;
        private final @Nullable Timestamp oldestQueuedAt;

        /**
         * @param entries outbox entries that wait in the node's fragments of the city
         * @param oldestQueuedAt when the oldest of them was queued; {@code null} if none waits
         */
        public City(int cityId, Database database, long entries, @Nullable Instant oldestQueuedAt) {
            this.cityId = cityId;
            this.database = database;
            this.entries = entries;
            this.oldestQueuedAt = oldestQueuedAt == null ? null : Moments.column(oldestQueuedAt);
        }

        public int cityId() {
            return cityId;
        }

        public Database database() {
            return database;
        }

        public long entries() {
            return entries;
        }

        public Optional<Instant> oldestQueuedAt() {
            return Optional.ofNullable(oldestQueuedAt).map(Timestamp::toInstant);
        }
    }

    private final String node;
    private final Timestamp reportedAt;
    private final ArrayList<City> cities;
    private final Database central;
    private final long ordersWaiting;
    private final long logWaiting;

    /**
     * @param node name of the node
     * @param ordersWaiting orders of the node's fragments whose mapping the central database has not confirmed yet
     * @param logWaiting rows of the replication log that are not there yet
     */
    public NodeReport(
            String node, Instant reportedAt, List<City> cities, Database central, long ordersWaiting, long logWaiting) {
        this.node = node;
        this.reportedAt = Moments.column(reportedAt);
        this.cities = new ArrayList<>(cities);
        this.central = central;
        this.ordersWaiting = ordersWaiting;
        this.logWaiting = logWaiting;
    }

    public String node() {
        return node;
    }

    /** By the node's own clock. */
    public Instant reportedAt() {
        return reportedAt.toInstant();
    }

    /** The cities whose fragments the node serves, by id. */
    public List<City> cities() {
        return Collections.unmodifiableList(cities);
    }

    public Database central() {
        return central;
    }

    public long ordersWaiting() {
        return ordersWaiting;
    }

    public long logWaiting() {
        return logWaiting;
    }
}
