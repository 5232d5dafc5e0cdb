package io.citygrid.report.sql;

import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import io.citygrid.security.tls.Door;
import io.citygrid.security.tls.GridTls;
import io.citygrid.security.tls.JdbcTls;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import org.apache.ignite.IgniteJdbcThinDriver;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sqlline.SqlLine;

/** {@code sql}: a shell over JDBC, with history and completion, or single statements for scripts. */
@Command(
        name = "sql",
        description = {
            "A shell for SQL on a running grid, over JDBC as any other tool. !tables lists tables, !help what else"
                    + " there is, !quit ends it.",
            "Reports read the views: sales, sales_by_day, sales_by_category, sales_with_orders, receipts, baskets,"
                    + " product_sales, stock, stock_cover, slow_movers, customers_by_city (docs/sql.md says what is in"
                    + " them)."
        },
        sortOptions = false)
public final class SqlCommand implements Callable<Integer> {
    /** The SQL state of a connection that was not made. */
    private static final String NO_CONNECTION = "08001";

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "Runs the statement and ends; may be repeated.")
    private List<String> statements = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "How that prints its answers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ResultPrinter format = ResultPrinter.TABLE;

    @Option(
            names = "--explain",
            paramLabel = "SQL",
            description = "Says in words how the grid answers the query: which nodes do what, and what travels.")
    private @Nullable String explained;

    @Mixin
    private GridOptions grid = new GridOptions(Role.ANALYST);

    private @Nullable GridLogin login;

    @Spec
    private @Nullable CommandSpec spec;

    private @Nullable GridClientSettings settings;

    /** What is done with a connection. */
    private interface Work {
        void run(Statement statement) throws SQLException;
    }

    @Override
    public Integer call() throws IOException {
        GridClientSettings settings = grid.settings();
        this.settings = settings;
        String url = "jdbc:ignite:thin://" + String.join(",", settings.addresses()) + JdbcTls.use(settings.tls());
        login = settings.login();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (explained != null) {
            return with(url, statement -> {
                try (ResultSet plan = statement.executeQuery("EXPLAIN PLAN FOR " + explained)) {
                    plan.next();
                    out.println(PlanWords.of(plan.getString(1)));
                }
            });
        }
        return statements.isEmpty()
                ? shell(url)
                : with(url, statement -> {
                    for (String sql : statements) {
                        if (statement.execute(sql)) {
                            try (ResultSet rows = statement.getResultSet()) {
                                format.print(rows, out);
                            }
                        }
                    }
                });
    }

    private int with(String url, Work work) {
        try (Connection connection = DriverManager.getConnection(url, properties());
                Statement statement = connection.createStatement()) {
            adoptZone(statement);
            work.run(statement);
            return ExitCode.OK;
        } catch (SQLException refused) {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .println("pos: " + shutDoor(refused).orElse(refused.getMessage()));
            return ExitCode.SOFTWARE;
        }
    }

    /** Of a connection that nobody took, the driver does not say why. */
    private Optional<String> shutDoor(SQLException refused) {
        if (settings == null || !NO_CONNECTION.equals(refused.getSQLState())) {
            return Optional.empty();
        }
        TlsSettings tls = settings.tls();
        return Door.at(settings.addresses().get(0))
                .refusal(tls, tls == null ? null : GridTls.ofClient(tls).create())
                .map(reason -> "the node does not let this program in: " + reason);
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (login != null) {
            properties.setProperty("user", login.user());
            properties.setProperty("password", login.password());
        }
        return properties;
    }

    /** Times are shown as the chain's clocks have them. */
    private static void adoptZone(Statement statement) throws SQLException {
        try (ResultSet zone = statement.executeQuery(
                "SELECT value FROM SYS.NODE_ATTRIBUTES WHERE name = '" + NodeAttributes.BUSINESS_ZONE + "' LIMIT 1")) {
            if (zone.next()) {
                TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(zone.getString(1))));
            }
        }
    }

    private int shell(String url) throws IOException {
        int reached = with(url, statement -> {});
        if (reached != ExitCode.OK) {
            return reached;
        }
        String[] arguments = {
            "-d",
            IgniteJdbcThinDriver.class.getName(),
            "-u",
            url,
            // Empty instead of none, which it would ask for. These are no command line that others could read.
            "-n",
            login == null ? "" : login.user(),
            "-p",
            login == null ? "" : login.password(),
            "--verbose=false"
        };
        return new SqlLine().begin(arguments, null, true) == SqlLine.Status.OK ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
