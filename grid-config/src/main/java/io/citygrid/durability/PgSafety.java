package io.citygrid.durability;

import io.citygrid.model.ClockGap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a PostgreSQL keeps what it confirms, as its settings are for the connection that asks. */
public final class PgSafety {
    private static final String QUESTION =
            "SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),"
                    + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private PgSafety() {}

    /** What a server's settings risk, and whether its clock is another one's; each a clause without a full stop. */
    public record Answer(List<String> unsafe, ClockGap clock) {
        public Answer {
            unsafe = List.copyOf(unsafe);
        }

        /** All that is wrong. */
        public List<String> problems() {
            List<String> all = new ArrayList<>(unsafe);
            if (clock.tooLarge()) {
                all.add("its clock is " + clock + " of this node's");
            }
            return all;
        }
    }

    /**
     * Asks the server.
     *
     * @param own the clock to compare its clock with
     */
    public static Answer ask(Connection connection, Clock own) throws SQLException {
        Instant asked = own.instant();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            List<String> unsafe = new ArrayList<>();
            if ("off".equals(row.getString(1))) {
                unsafe.add("fsync is off, so a power cut loses confirmed sales or the whole database");
            }
            if ("off".equals(row.getString(2))) {
                unsafe.add("full_page_writes is off, so a power cut can leave half-written pages");
            }
            if ("off".equals(row.getString(3))) {
                unsafe.add("synchronous_commit is off, so a crash loses sales that it has confirmed");
            }
            return new Answer(unsafe, ClockGap.of(asked, Instant.ofEpochMilli(row.getLong(4)), own.instant()));
        }
    }
}
