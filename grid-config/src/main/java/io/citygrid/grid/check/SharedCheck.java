package io.citygrid.grid.check;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgSafety;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCache.Kind;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.node.Clocks;
import io.citygrid.model.CityFragment;
import io.citygrid.model.ClockGap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;

/** Checks what no city fragment has: the reference tables, the clocks, and how the databases are set. */
final class SharedCheck {
    private static final String REPEATED_IDS =
            "SELECT order_id, count(*) FROM order_mapping GROUP BY order_id HAVING count(*) > 1 LIMIT ?";

    private static final List<GridCache<?, ?>> REFERENCE_CACHES = GridCaches.ALL.stream()
            .filter(cache -> cache.kind() == Kind.REFERENCE || cache.kind() == Kind.REFERENCE_GRID_ONLY)
            .<GridCache<?, ?>>map(cache -> cache)
            .toList();

    private final Ignite node;
    private final LongAdder rows;
    private final Databases databases;
    private final Findings findings = new Findings("");

    SharedCheck(Ignite node, LongAdder rows) {
        this.node = node;
        this.rows = rows;
        this.databases = WriteThrough.of(node).databases();
    }

    CheckReport run() {
        clocks();
        try {
            // Reference caches have one partition.
            new CopyCheck(node, 0, findings, rows).check(REFERENCE_CACHES);
            PostgresCheck postgres =
                    new PostgresCheck(node, DatabaseSettings.CENTRAL, CityFragment.CENTRAL, findings, rows);
            postgres.tables(Kind.REFERENCE);
            databases.settings().urls().keySet().forEach(this::database);
            postgres.orSayThatItIsOutOfReach(DatabaseSettings.CENTRAL, this::repeatedIds);
        } catch (RolledBack | CacheException | IgniteException notNow) {
            findings.unchecked(Trouble.UNSEEN, "the reference tables could not be looked at: " + notNow.getMessage());
        }
        return findings.report();
    }

    private void clocks() {
        String own = String.valueOf(node.cluster().localNode().consistentId());
        Clocks.gaps(node, Clock.systemUTC()).forEach((name, gap) -> {
            if (gap.tooLarge()) {
                findings.wrong(Trouble.CLOCKS, "the clock of node " + name + " is " + gap + " of that of " + own);
            }
        });
    }

    /** A database that is out of reach is told of where its rows are compared. */
    private void database(int home) {
        String name = databases.settings().name(home);
        String unsafe = databases.unsafe().get(name);
        if (unsafe != null) {
            findings.wrong(Trouble.SETTINGS, name + ": " + unsafe);
            return;
        }
        try (Connection connection = databases.connect(home)) {
            PgSafety.Answer answer = PgSafety.ask(connection, Clock.systemUTC());
            answer.unsafe().forEach(reason -> findings.wrong(Trouble.SETTINGS, name + ": " + reason));
            ClockGap clock = answer.clock();
            if (clock.tooLarge()) {
                findings.wrong(
                        Trouble.CLOCKS,
                        "the clock of " + name + " is " + clock + " of that of node "
                                + node.cluster().localNode().consistentId());
            }
        } catch (SQLException outOfReach) {
            findings.unchecked(Trouble.DATABASES, name + " did not say how it is set: " + firstLine(outOfReach));
        }
    }

    /** Every city tells the central database of its orders, so that an id that two stores have is seen there. */
    private void repeatedIds() {
        try (Connection connection = databases.connectAside(DatabaseSettings.CENTRAL);
                PreparedStatement query = connection.prepareStatement(REPEATED_IDS)) {
            query.setInt(1, Findings.OF_A_KIND_MAX);
            try (ResultSet repeated = query.executeQuery()) {
                while (repeated.next()) {
                    findings.wrong(
                            Trouble.ORDER_IDS,
                            "order id " + repeated.getString(1) + " belongs to " + repeated.getLong(2) + " receipts");
                }
            }
        } catch (SQLException unanswered) {
            findings.unchecked(
                    Trouble.ORDER_IDS, "whether an order id is used twice was not found out: " + firstLine(unanswered));
        }
    }

    private static String firstLine(SQLException thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    }
}
