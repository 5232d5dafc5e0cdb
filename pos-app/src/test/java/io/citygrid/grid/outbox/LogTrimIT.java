package io.citygrid.grid.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.PgReplicationLog;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.outbox.ReplicationStatus;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.TestGrid;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The replication log does not grow for ever, neither in the grid nor in the central database. */
@ExtendWith(SharedGrid.class)
class LogTrimIT {
    private static final int CITY = 61;
    private static final int FAILED = 40;

    private final Instant start = Instant.now().minus(Duration.ofDays(1));

    @Test
    void theGridKeepsTheNewestRowsOfEachStatusAndThoseThatHaveNotArrived() {
        TreeSet<ReplicationLogKey> rows = new TreeSet<>();
        for (int i = 0; i < LogTrim.KEPT_MAX + 200; i++) {
            rows.add(put(i, ReplicationStatus.SUCCESS));
        }
        Set<ReplicationLogKey> failed = new HashSet<>();
        for (int i = 0; i < FAILED; i++) {
            failed.add(put(i, ReplicationStatus.FAILED));
        }
        List<ReplicationLogKey> oldestFirst =
                rows.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
        ReplicationLogKey waiting = oldestFirst.get(7);

        for (String name : TestGrid.NAMES) {
            Ignite node = SharedGrid.grid().node(name);
            Set<ReplicationLogKey> arrived = new HashSet<>(rows);
            arrived.addAll(failed);
            arrived.remove(waiting);
            new LogTrim(node, new PgReplicationLog(WriteThrough.of(node).databases())).trimGrid(arrived);
        }

        Set<ReplicationLogKey> kept = new HashSet<>(oldestFirst.subList(200, oldestFirst.size()));
        kept.addAll(failed);
        kept.add(waiting);
        assertThat(GridCaches.REPLICATION_LOG
                        .on(SharedGrid.grid().node())
                        .getAll(union(rows, failed))
                        .keySet())
                .isEqualTo(kept);
    }

    @Test
    void theCentralDatabaseForgetsWhatIsOldInBoundedSteps() {
        PgReplicationLog central =
                new PgReplicationLog(WriteThrough.of(SharedGrid.grid().node()).databases());
        TreeMap<ReplicationLogKey, ReplicationLogEntry> old = new TreeMap<>();
        Instant longAgo = Instant.now().minus(Duration.ofDays(91));
        for (int i = 0; i < 25; i++) {
            old.put(
                    ReplicationLogKey.first(CITY * CityFragment.SLOTS, longAgo.plusSeconds(i)),
                    entry(ReplicationStatus.SUCCESS, longAgo.plusSeconds(i)));
        }
        central.add(old);
        central.add(old);
        assertThat(centralRowsBefore(longAgo.plusSeconds(25))).isEqualTo(25);

        assertThat(central.trim(Duration.ofDays(90), 20)).isEqualTo(20);
        assertThat(central.trim(Duration.ofDays(90), 20)).isEqualTo(5);
        assertThat(central.trim(Duration.ofDays(90), 20)).isZero();
        assertThat(centralRowsBefore(longAgo.plusSeconds(25))).isZero();
    }

    private ReplicationLogKey put(int number, ReplicationStatus status) {
        int fragment = CITY * CityFragment.SLOTS + number % CityFragment.SLOTS;
        Instant moment = start.plusMillis(number * 10L + status.ordinal());
        ReplicationLogKey key = ReplicationLogKey.first(fragment, moment);
        GridCaches.REPLICATION_LOG.on(SharedGrid.grid().node()).put(key, entry(status, moment));
        return key;
    }

    private static ReplicationLogEntry entry(ReplicationStatus status, Instant moment) {
        return new ReplicationLogEntry("orders", "order 1", "quetta_db", status, "a test", moment);
    }

    private static Set<ReplicationLogKey> union(Set<ReplicationLogKey> some, Set<ReplicationLogKey> others) {
        TreeSet<ReplicationLogKey> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static int centralRowsBefore(Instant moment) {
        String database = SharedGrid.postgres().settings().name(DatabaseSettings.CENTRAL);
        try (Connection connection = SharedGrid.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*) FROM replication_log WHERE log_time < '" + moment + "'")) {
            result.next();
            return result.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
