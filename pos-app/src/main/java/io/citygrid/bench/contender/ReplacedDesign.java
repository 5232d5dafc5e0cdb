package io.citygrid.bench.contender;

import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.cost.ServerCounters;
import io.citygrid.bench.drive.Assortment;
import io.citygrid.bench.drive.Register;
import io.citygrid.bench.drive.Request;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The chain's first answer: a database for each city, and headquarters' told over dblink inside every sale. */
public final class ReplacedDesign implements Contender {
    private static final String CENTRAL = "bench_replaced_central";
    private static final Map<Integer, String> CITIES =
            new TreeMap<>(Map.of(1, "bench_replaced_karachi", 2, "bench_replaced_lahore"));

    private final BenchServer server;
    private final ServerCounters counters;

    private ReplacedDesign(BenchServer server) {
        this.server = server;
        this.counters = server.counters();
    }

    /** Makes and fills its databases. */
    public static ReplacedDesign prepare(BenchServer server) {
        try {
            fill(server);
            return new ReplacedDesign(server);
        } catch (RuntimeException failed) {
            drop(server);
            throw failed;
        }
    }

    private static void fill(BenchServer server) {
        server.create(CENTRAL);
        server.run(CENTRAL, "replaced-central.sql", Map.of());
        CITIES.forEach((city, database) -> {
            server.create(database);
            Map<String, String> values = new HashMap<>(OnePostgres.values(new Assortment(CITIES.size())));
            values.put("city", String.valueOf(city));
            values.put(
                    "link",
                    "host=" + server.host() + " port=" + server.port() + " dbname=" + CENTRAL + " user=" + server.user()
                            + " password=" + quoted(server.password()));
            server.run(database, "replaced-city.sql", values);
            server.tidy(database);
        });
    }

    /** Adds the orders that a grid with as many stored orders is filled with, and what headquarters needs to ask for them. */
    public void fill(int orders) {
        Assortment assortment = new Assortment(CITIES.size());
        Map<String, String> values = new HashMap<>(OnePostgres.values(assortment));
        values.putAll(new StoredOrders(server, assortment, orders).values());
        server.run(CENTRAL, "replaced-central-reports.sql", values);
        CITIES.values().forEach(database -> server.run(database, "replaced-city-orders.sql", values));
        tidy();
    }

    /** The name of headquarters' database. */
    public String central() {
        return CENTRAL;
    }

    /** What headquarters writes to have {@code sql} answered by every city, with columns as {@code columns} says. */
    public String everyCity(String sql, String columns) {
        return CITIES.values().stream()
                .map(database -> ofCity(database, sql, columns))
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }

    /** As {@link #everyCity}, of one city. */
    public String city(int id, String sql, String columns) {
        return "(" + ofCity(Objects.requireNonNull(CITIES.get(id)), sql, columns) + ")";
    }

    private String ofCity(String database, String sql, String columns) {
        return "SELECT * FROM dblink('host=" + server.host() + " port=" + server.port() + " dbname=" + database
                + " user="
                + server.user() + " password=" + quoted(server.password()) + "', '" + sql.replace("'", "''")
                + "') AS t (" + columns
                + ")";
    }

    /** For a connection string, in a literal of SQL. */
    private static String quoted(String password) {
        return "''" + password.replace("\\", "\\\\").replace("'", "\\''") + "''";
    }

    private static void drop(BenchServer server) {
        CITIES.values().forEach(server::drop);
        server.drop(CENTRAL);
    }

    @Override
    public String name() {
        return "replaced design";
    }

    @Override
    public String words() {
        return "three PostgreSQL databases, headquarters told by dblink inside every sale, stock not checked, highest number "
                + "and one more; one copy";
    }

    @Override
    public Register register() {
        return new CityRegister(server);
    }

    @Override
    public void tidy() {
        CITIES.values().forEach(server::tidy);
        server.tidy(CENTRAL);
    }

    @Override
    public Meter meter() {
        return new Meter(counters, null, 0);
    }

    /** It promises little: what was confirmed is there. */
    @Override
    public List<String> check(long confirmed, long unknown) {
        long orders = sum("SELECT count(*) FROM orders");
        return orders < confirmed || orders > confirmed + unknown
                ? List.of(orders + " orders are stored and " + confirmed + " were confirmed")
                : List.of();
    }

    @Override
    public List<String> faults() {
        long twice = sum("SELECT count(*) - count(DISTINCT (store_id, store_order_id)) FROM orders");
        return twice == 0
                ? List.of()
                : List.of(twice + " receipt numbers were issued that another receipt had already");
    }

    private long sum(String sql) {
        return CITIES.values().stream()
                .mapToLong(database -> server.number(database, sql))
                .sum();
    }

    @Override
    public void close() {
        counters.close();
        drop(server);
    }

    private static final class CityRegister extends PostgresRegister {
        private final Map<Integer, PreparedStatement> sales = new HashMap<>();
        private final Map<Integer, PreparedStatement> lookUps = new HashMap<>();

        CityRegister(BenchServer server) {
            CITIES.forEach((city, database) -> {
                sales.put(city, prepare(server, database, "SELECT process_order(?, ?, ?::jsonb, 'Cash')"));
                lookUps.put(
                        city,
                        prepare(
                                server,
                                database,
                                "SELECT price, quantity FROM inventory WHERE product_id = ? AND store_id = ?"));
            });
        }

        @Override
        public Answer sell(Request request) {
            PreparedStatement sale = sales.get(request.cityId());
            return sale == null
                    ? Answer.REFUSED
                    : ask(
                            sale,
                            statement -> {
                                statement.setInt(1, request.storeId());
                                statement.setInt(2, request.customerId());
                                statement.setString(3, json(request));
                            },
                            Answer.SOLD);
        }

        /** The register sends prices, which the database believes. */
        private static String json(Request request) {
            return request.lines().stream()
                    .map(line -> "{\"product\":" + line.productId() + ",\"quantity\":" + line.quantity() + ",\"price\":"
                            + Assortment.price(line.productId()) + "}")
                    .collect(Collectors.joining(",", "[", "]"));
        }

        @Override
        public Answer lookUp(Request request) {
            PreparedStatement lookUp = lookUps.get(request.cityId());
            return lookUp == null
                    ? Answer.REFUSED
                    : ask(
                            lookUp,
                            statement -> {
                                statement.setInt(1, request.lines().get(0).productId());
                                statement.setInt(2, request.storeId());
                            },
                            Answer.TOLD);
        }
    }
}
