package io.citygrid.bench.contender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the books in PostgreSQL add up. That the grid holds the same rows is for the comparison of both to say. */
final class GridBooks {
    /** What must be 0 in each city's database. */
    private static final Map<String, String> MUST_BE_ZERO = new LinkedHashMap<>();

    static {
        MUST_BE_ZERO.put(
                "stores whose receipts are not numbered 1 to n",
                "SELECT count(*) FROM (SELECT store_id, count(*) AS orders, max(order_no) AS last FROM orders GROUP BY 1) AS o"
                        + " FULL JOIN store_counters c USING (store_id) WHERE o.orders IS DISTINCT FROM c.last_order_no"
                        + " OR o.last IS DISTINCT FROM c.last_order_no");
        MUST_BE_ZERO.put(
                "orders whose total is not that of their lines",
                "SELECT count(*) FROM orders o LEFT JOIN (SELECT city_fragment, store_id, order_no, sum(quantity * price) AS lines"
                        + " FROM order_items GROUP BY 1, 2, 3) AS i USING (city_fragment, store_id, order_no)"
                        + " WHERE o.total IS DISTINCT FROM i.lines");
        MUST_BE_ZERO.put(
                "orders whose total is not that of their payments",
                "SELECT count(*) FROM orders o LEFT JOIN (SELECT city_fragment, store_id, order_no, sum(amount) AS paid"
                        + " FROM payments GROUP BY 1, 2, 3) AS p USING (city_fragment, store_id, order_no)"
                        + " WHERE o.total IS DISTINCT FROM p.paid");
        MUST_BE_ZERO.put(
                "products of a store whose stock is not what was received less what was sold",
                "SELECT count(*) FROM inventory v LEFT JOIN (SELECT store_id, product_id, sum(quantity) AS sold FROM order_items"
                        + " GROUP BY 1, 2) AS s USING (store_id, product_id)"
                        + " LEFT JOIN (SELECT store_id, product_id, sum(delta) AS received FROM stock_movements"
                        + " GROUP BY 1, 2) AS r USING (store_id, product_id)"
                        + " WHERE v.quantity <> coalesce(r.received, 0) - coalesce(s.sold, 0) OR v.quantity < 0");
        MUST_BE_ZERO.put("orders that share an order id", "SELECT count(*) - count(DISTINCT order_id) FROM orders");
        MUST_BE_ZERO.put(
                "orders without a mapping, or mappings without an order",
                "SELECT count(*) FROM orders o FULL JOIN order_mapping m"
                        + " USING (city_fragment, store_id, order_no, order_id)"
                        + " WHERE o.total IS NULL OR m.ordered_at IS NULL");
    }

    private final BenchServer server;
    private final String central;
    private final Map<Integer, String> cities;
    private final long stored;

    /** @param stored orders that were there before the first sale */
    GridBooks(BenchServer server, String central, Map<Integer, String> cities, long stored) {
        this.server = server;
        this.central = central;
        this.cities = cities;
        this.stored = stored;
    }

    /** What does not hold, in sentences. */
    List<String> check(long confirmed, long unknown) {
        List<String> wrong = new ArrayList<>();
        long orders = cities.values().stream()
                        .mapToLong(database -> server.number(database, "SELECT count(*) FROM orders"))
                        .sum()
                - stored;
        if (orders < confirmed || orders > confirmed + unknown) {
            wrong.add(orders + " orders are stored and " + confirmed + " were confirmed");
        }
        long mapped = server.number(central, "SELECT count(DISTINCT order_id) FROM order_mapping");
        if (mapped != orders + stored) {
            wrong.add("the central database knows " + mapped + " of " + (orders + stored) + " orders");
        }
        for (String database : cities.values()) {
            MUST_BE_ZERO.forEach((what, sql) -> {
                long number = server.number(database, sql);
                if (number != 0) {
                    wrong.add(database + " has " + number + " " + what);
                }
            });
        }
        return wrong;
    }
}
