package io.citygrid.bench.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** What a PostgreSQL server has done so far, by its own counters and, if it runs on this machine, by the system's. */
public final class ServerCounters implements AutoCloseable {
    /** proc(5) counts in these; Linux tells programs 100 a second on every machine that Java runs on. */
    private static final long TICK_MILLIS = 10;

    /** A transaction gets a number when it first writes; the server's own statistics lag behind by seconds. */
    private static final String WRITES = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    private final Connection connection;
    private final OptionalLong postmaster;

    /**
     * @param connection to any database of the server; closed with this
     * @param postmaster the server's process, if it runs on this machine
     */
    public ServerCounters(Connection connection, OptionalLong postmaster) {
        this.connection = connection;
        this.postmaster = postmaster;
    }

    /** Transactions that wrote something, committed or not. */
    long writes() {
        return number(WRITES);
    }

    /** Bytes of its write-ahead log. */
    long walBytes() {
        return number(WAL);
    }

    private long number(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException("PostgreSQL's counters cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** Whether the server's process can be looked at. */
    boolean onThisMachine() {
        return postmaster.isPresent();
    }

    /** Processor time of the server and all its processes, those that have ended among them; 0 if it is elsewhere. */
    long cpuMillis() {
        if (postmaster.isEmpty()) {
            return 0;
        }
        long ticks = ticks(postmaster.getAsLong(), true);
        ticks += ProcessHandle.of(postmaster.getAsLong()).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(child -> ticks(child.pid(), false))
                .sum();
        return ticks * TICK_MILLIS;
    }

    /** utime and stime, and for the parent cutime and cstime: fields 14 to 17 of proc(5)'s {@code stat}. */
    private static long ticks(long pid, boolean withEnded) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The second field is a name in brackets and may hold blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withEnded ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
        } catch (IOException | ArrayIndexOutOfBoundsException | NumberFormatException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
