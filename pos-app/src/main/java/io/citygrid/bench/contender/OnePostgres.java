package io.citygrid.bench.contender;

import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.cost.ServerCounters;
import io.citygrid.bench.drive.Assortment;
import io.citygrid.bench.drive.Register;
import io.citygrid.bench.drive.Request;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a good engineer would build on one PostgreSQL server. One copy, and nobody sells while it is away. */
public final class OnePostgres implements Contender {
    private static final String DATABASE = "bench_one";

    /** What must be 0. */
    private static final Map<String, String> MUST_BE_ZERO = Map.of(
            "stores whose receipts are not numbered 1 to n",
            "SELECT count(*) FROM (SELECT c.store_id FROM store_counters c LEFT JOIN orders o USING (store_id)"
                    + " GROUP BY c.store_id, c.last_order_no"
                    + " HAVING count(o.order_no) <> c.last_order_no OR coalesce(max(o.order_no), 0) <> c.last_order_no) AS wrong",
            "orders whose total is not that of their lines and payment",
            "SELECT count(*) FROM orders o LEFT JOIN payments p USING (store_id, order_no)"
                    + " LEFT JOIN (SELECT store_id, order_no, sum(quantity * price) AS lines FROM order_items GROUP BY 1, 2) AS i"
                    + " USING (store_id, order_no)"
                    + " WHERE o.total IS DISTINCT FROM i.lines OR o.total IS DISTINCT FROM p.amount",
            "products of a store whose stock does not add up",
            "SELECT count(*) FROM inventory i LEFT JOIN (SELECT store_id, product_id, sum(quantity) AS sold FROM order_items"
                    + " GROUP BY 1, 2) AS s USING (store_id, product_id)"
                    + " WHERE i.quantity <> " + Assortment.ON_HAND + " - coalesce(s.sold, 0) OR i.quantity < 0");

    private final BenchServer server;
    private final ServerCounters counters;

    private OnePostgres(BenchServer server) {
        this.server = server;
        this.counters = server.counters();
    }

    /** Makes and fills its database. */
    public static OnePostgres prepare(BenchServer server, Assortment assortment) {
        server.create(DATABASE);
        try {
            server.run(DATABASE, "one-postgres.sql", values(assortment));
            server.tidy(DATABASE);
            return new OnePostgres(server);
        } catch (RuntimeException failed) {
            server.drop(DATABASE);
            throw failed;
        }
    }

    /** Adds the orders that a grid with as many stored orders is filled with. */
    public void fill(Assortment assortment, int orders) {
        Map<String, String> values = new HashMap<>(values(assortment));
        values.putAll(new StoredOrders(server, assortment, orders).values());
        server.run(DATABASE, "one-postgres-orders.sql", values);
        tidy();
    }

    /** The name of its database. */
    public String database() {
        return DATABASE;
    }

    /** What the scripts are filled with. */
    static Map<String, String> values(Assortment assortment) {
        return Map.of(
                "cities", String.valueOf(assortment.cities()),
                "citynames",
                        assortment.cityNames().entrySet().stream()
                                .map(city -> "(" + city.getKey() + ", '" + city.getValue() + "')")
                                .collect(Collectors.joining(", ")),
                "storespercity", String.valueOf(Assortment.STORES_PER_CITY),
                "products", String.valueOf(Assortment.PRODUCTS),
                "categories", String.valueOf(Assortment.CATEGORIES),
                "customers", String.valueOf(Assortment.CUSTOMERS_PER_CITY),
                "onhand", String.valueOf(Assortment.ON_HAND));
    }

    @Override
    public String name() {
        return "one PostgreSQL";
    }

    @Override
    public String words() {
        return "one PostgreSQL server and one function: sorted row locks, stock checked, a counter for each store, the "
                + "catalogue's prices, idempotent order ids; one copy";
    }

    @Override
    public Register register() {
        return new OneRegister(server);
    }

    @Override
    public void tidy() {
        server.tidy(DATABASE);
    }

    @Override
    public Meter meter() {
        return new Meter(counters, null, 0);
    }

    @Override
    public List<String> check(long confirmed, long unknown) {
        List<String> wrong = new ArrayList<>();
        long orders = server.number(DATABASE, "SELECT count(*) FROM orders");
        if (orders < confirmed || orders > confirmed + unknown) {
            wrong.add(orders + " orders are stored and " + confirmed + " were confirmed");
        }
        MUST_BE_ZERO.forEach((what, sql) -> {
            long number = server.number(DATABASE, sql);
            if (number != 0) {
                wrong.add(number + " " + what);
            }
        });
        return wrong;
    }

    @Override
    public void close() {
        counters.close();
        server.drop(DATABASE);
    }

    private static final class OneRegister extends PostgresRegister {
        private final PreparedStatement sale;
        private final PreparedStatement lookUp;

        OneRegister(BenchServer server) {
            sale = prepare(server, DATABASE, "SELECT sell(?, ?, ?, ?, ?, 'CASH')");
            lookUp = prepare(
                    server,
                    DATABASE,
                    "SELECT p.price, i.quantity FROM inventory i JOIN products p USING (product_id)"
                            + " WHERE i.store_id = ? AND i.product_id = ?");
        }

        @Override
        public Answer sell(Request request) {
            return ask(
                    sale,
                    statement -> {
                        statement.setObject(1, request.orderId());
                        statement.setInt(2, request.storeId());
                        statement.setInt(3, request.customerId());
                        statement.setArray(4, statement.getConnection().createArrayOf("int4", products(request)));
                        statement.setArray(5, statement.getConnection().createArrayOf("int4", quantities(request)));
                    },
                    Answer.SOLD);
        }

        @Override
        public Answer lookUp(Request request) {
            return ask(
                    lookUp,
                    statement -> {
                        statement.setInt(1, request.storeId());
                        statement.setInt(2, request.lines().get(0).productId());
                    },
                    Answer.TOLD);
        }
    }
}
