package io.citygrid.grid.sql;

import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.placement.NodeAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the views for analysts, once for the cluster and step by step: a view {@code report_schema} says which step the cluster has
 * come to. The oldest node does it when the cluster is active; a node of an older version changes nothing that a newer one made.
 */
public final class ReportViews implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReportViews.class);

    /** The steps, in their order; one that was released is never changed. */
    private static final List<String> STEPS = List.of("V1__reports.sql");

    private static final String VERSION_VIEW = "REPORT_SCHEMA";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration HEIR_WAITS = Duration.ofMinutes(1);
    private static final Duration STATEMENT_WITHIN = Duration.ofSeconds(20);

    private final Ignite node;
    private final Rounds rounds;
    private boolean done;

    /** Whether another node was older, which has seen to the views. */
    private boolean heir;

    private @Nullable Instant oldestSince;

    public ReportViews(Ignite node) {
        this.node = node;
        this.rounds = new Rounds("report-views-" + node.name(), PAUSE, () -> BackgroundWork.of(node)
                .unlessClosed(() -> done = false, this::round));
    }

    public void start() {
        rounds.start();
    }

    private boolean round() {
        if (!done && node.cluster().state() == ClusterState.ACTIVE && itIsTime()) {
            bringUpToDate();
            done = true;
        }
        return true;
    }

    /** At once where a cluster begins; who takes over from a node that left has more urgent work first. */
    private boolean itIsTime() {
        if (!oldest()) {
            heir = true;
            oldestSince = null;
            return false;
        }
        Instant since = oldestSince == null ? Instant.now() : oldestSince;
        oldestSince = since;
        return !heir || since.plus(HEIR_WAITS).isBefore(Instant.now());
    }

    private boolean oldest() {
        ClusterNode oldest = node.cluster()
                .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                .forOldest()
                .node();
        return oldest != null && oldest.isLocal();
    }

    private void bringUpToDate() {
        for (int step = version(); step < STEPS.size(); step++) {
            String file = STEPS.get(step);
            statements(file).forEach(this::run);
            run("CREATE OR REPLACE VIEW " + VERSION_VIEW + " AS SELECT " + (step + 1) + " AS version");
            log.info("views for analysts: {} applied", file);
        }
    }

    private int version() {
        String view = "SELECT COUNT(*) FROM SYS.VIEWS WHERE SCHEMA = '" + GridCaches.SQL_SCHEMA + "' AND NAME = '"
                + VERSION_VIEW + "'";
        if (number(view) == 0) {
            return 0;
        }
        return number("SELECT version FROM " + VERSION_VIEW);
    }

    private int number(String query) {
        return ((Number) run(query).get(0).get(0)).intValue();
    }

    private List<List<?>> run(String statement) {
        return GridCaches.ORDERS
                .on(node)
                .query(new SqlFieldsQuery(statement)
                        .setSchema(GridCaches.SQL_SCHEMA)
                        .setTimeout((int) STATEMENT_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                .getAll();
    }

    /** The statements of a step, without comments; none of them has a semicolon inside. */
    static List<String> statements(String file) {
        try (InputStream script = ReportViews.class.getResourceAsStream("/db/views/" + file)) {
            if (script == null) {
                throw new IllegalStateException("the program is incomplete: it has no views " + file);
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
            return Stream.of(text.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Ends after the statement that is under way. */
    @Override
    public void close() {
        rounds.close();
    }
}
