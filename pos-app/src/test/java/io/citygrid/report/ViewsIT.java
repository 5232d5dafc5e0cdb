package io.citygrid.report;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.store.StoreKey;
import io.citygrid.security.Role;
import io.citygrid.testing.Shop;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.apache.ignite.IgniteJdbcThinDriver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What analysts read through the views of the grid is what the cities' databases say together, to the paisa. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ViewsIT {
    private static final String DAY = "(ordered_at AT TIME ZONE 'Asia/Karachi')::date";

    /** A question of the grid, and the same of the tables of a city's database. */
    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry(
                    "SELECT city_id, store_id, store_code, category_id, product_id, order_no, line_no, business_day,"
                            + " quantity, price, amount FROM sales",
                    "SELECT city_id, store_id, 'ST' || store_id, category_id, product_id, order_no, line_no, " + DAY
                            + ", quantity, price, price * quantity FROM order_items"),
            Map.entry(
                    "SELECT city_id, store_id, product_id, order_no, line_no, order_id, customer_id, status,"
                            + " business_day, amount FROM sales_with_orders",
                    "SELECT i.city_id, i.store_id, product_id, i.order_no, line_no, order_id, customer_id, status,"
                            + " (i.ordered_at AT TIME ZONE 'Asia/Karachi')::date, price * quantity FROM order_items i JOIN"
                            + " orders o USING (city_fragment, store_id, order_no)"),
            Map.entry(
                    "SELECT city_id, store_id, store_code, store, order_no, order_id, customer_id, status,"
                            + " business_day, total, payment_method, tendered, change_due FROM receipts",
                    "SELECT city_id, store_id, 'ST' || store_id, 'Store ' || store_id, order_no, o.order_id,"
                            + " customer_id, o.status, "
                            + DAY + ", total, method, tendered, change_due FROM orders o JOIN payments p "
                            + "USING (city_fragment, store_id, order_no)"),
            Map.entry(
                    "SELECT city_id, store_id, order_no, business_day, order_lines, units, total FROM baskets",
                    "SELECT o.city_id, store_id, order_no, (o.ordered_at AT TIME ZONE 'Asia/Karachi')::date, count(*),"
                            + " sum(quantity), total FROM orders o JOIN order_items i USING (city_fragment, store_id,"
                            + " order_no) GROUP BY 1, 2, 3, 4, 7"),
            Map.entry(
                    "SELECT city_id, store_id, store_code, store, business_day, orders, order_lines, units, revenue"
                            + " FROM sales_by_day",
                    "SELECT city_id, store_id, 'ST' || store_id, 'Store ' || store_id, " + DAY
                            + ", count(DISTINCT order_no), count(*), sum(quantity), sum(price * quantity) FROM"
                            + " order_items GROUP BY 1, 2, 5"),
            Map.entry(
                    "SELECT city_id, store_id, business_day, category_id, category, orders, order_lines, units,"
                            + " revenue FROM sales_by_category",
                    "SELECT city_id, store_id, " + DAY
                            + ", category_id, 'Category ' || category_id, count(DISTINCT order_no), "
                            + "count(*), sum(quantity), sum(price * quantity) FROM order_items GROUP BY 1, 2, 3, 4"),
            Map.entry(
                    "SELECT city_id, store_id, store_code, product_id, sku, product, orders, units, revenue FROM"
                            + " product_sales",
                    "SELECT city_id, store_id, 'ST' || store_id, product_id, 'SKU' || product_id, 'Product ' ||"
                            + " product_id, count(*), sum(quantity), sum(price * quantity) FROM order_items GROUP BY 1, 2,"
                            + " 4"),
            Map.entry(
                    "SELECT city_id, store_id, store_code, store, product_id, sku, product, category_id, quantity,"
                            + " price, stock_value FROM stock",
                    "SELECT city_fragment / 16, store_id, 'ST' || store_id, 'Store ' || store_id, product_id, 'SKU' ||"
                            + " product_id, 'Product ' || product_id, 1 + product_id % 12, quantity, p.price, quantity *"
                            + " p.price FROM inventory, LATERAL (SELECT ((100 + product_id * 7919::bigint % 49900) /"
                            + " 100.0)::numeric(12, 2) AS price) p"),
            Map.entry(
                    "SELECT city_id, store_id, product_id, quantity, units_28_days, days_of_cover FROM stock_cover",
                    "SELECT v.city_fragment / 16, v.store_id, v.product_id, v.quantity, coalesce(sum(i.quantity), 0),"
                            + " (v.quantity * 28 / sum(i.quantity))::int FROM inventory v LEFT JOIN order_items i ON"
                            + " i.city_fragment = v.city_fragment AND i.store_id = v.store_id AND i.product_id ="
                            + " v.product_id AND i.ordered_at >= now() - interval '28 days' GROUP BY 1, 2, 3, 4"),
            Map.entry(
                    "SELECT city_id, store_id, product_id, quantity FROM slow_movers",
                    "SELECT v.city_fragment / 16, v.store_id, v.product_id, v.quantity FROM inventory v WHERE"
                            + " v.quantity > 0 AND NOT EXISTS (SELECT FROM order_items i WHERE i.city_fragment ="
                            + " v.city_fragment AND i.store_id = v.store_id AND i.product_id = v.product_id AND"
                            + " i.ordered_at >= now() - interval '28 days')"),
            Map.entry(
                    "SELECT city_id, customers FROM customers_by_city",
                    "SELECT city_id, count(*) FROM customers GROUP BY 1"),
            Map.entry(
                    "SELECT o.city_id, o.store_id, o.order_no, c.name FROM orders o JOIN customers c ON c.customer_id"
                            + " = o.customer_id",
                    "SELECT o.city_id, o.store_id, o.order_no, c.name FROM orders o JOIN customers c "
                            + "ON c.customer_id = o.customer_id"));

    /** A product that nobody bought before. */
    private static final int UNSOLD = 301;

    @TempDir
    private static Path directory;

    private static SoldChain chain;

    @BeforeAll
    static void start() {
        chain = new SoldChain(directory);
        Awaitility.await("the views are there")
                .until(() -> !chain.inGrid("SELECT name FROM SYS.VIEWS WHERE name = 'REPORT_SCHEMA'")
                        .isEmpty());
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    @Order(1)
    void everyViewSaysWhatTheDatabasesSay() {
        QUESTIONS.forEach((inGrid, inPostgres) -> {
            List<String> expected = sorted(chain.inPostgres(inPostgres));
            assertThat(expected).as(inPostgres).isNotEmpty();
            // Row by row in one order: a comparison in any order takes minutes for a hundred thousand.
            assertThat(sorted(chain.inGrid(inGrid))).as(inGrid).isEqualTo(expected);
        });
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    @Test
    void rowsThatBelongTogetherAreJoinedWhereTheyLie() {
        for (String view : List.of("sales_with_orders", "receipts", "baskets", "stock_cover")) {
            String plan = plan("SELECT * FROM " + view);
            assertThat(plan).as(view).contains("Join");
            assertThat(belowJoins(plan)).as(plan).noneMatch(line -> line.contains("IgniteExchange"));
        }
        assertThat(plan("SELECT category, SUM(amount) FROM sales GROUP BY category"))
                .doesNotContain("Join")
                .contains("IgniteMapHashAggregate");
    }

    private static String plan(String query) {
        return chain.inGrid("EXPLAIN PLAN FOR " + query).get(0);
    }

    /** The steps whose rows go into a join. */
    private static List<String> belowJoins(String plan) {
        List<String> below = new ArrayList<>();
        int join = Integer.MAX_VALUE;
        for (String line : plan.lines().toList()) {
            int depth = line.length() - line.stripLeading().length();
            if (depth > join) {
                below.add(line);
            } else {
                join = line.contains("Join(") ? depth : Integer.MAX_VALUE;
            }
        }
        return below;
    }

    @Test
    void anotherProgramAsksOverJdbcWithTheDriverAlone() throws Exception {
        assertThat(ask("", "SELECT COUNT(*), SUM(amount) FROM sales"))
                .isEqualTo(
                        chain.inGrid("SELECT COUNT(*), SUM(amount) FROM sales").get(0));
        assertThat(ask("?queryEngine=h2", "SELECT COUNT(*) FROM sales")).startsWith("refused: ");
    }

    /** What a program prints that has nothing but Ignite's driver; see docs/sql.md for its options. */
    private static String ask(String options, String sql) throws Exception {
        String drivers = Stream.of(IgniteJdbcThinDriver.class, CacheException.class)
                .map(inJar -> inJar.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .collect(Collectors.joining(File.pathSeparator));
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        drivers,
                        Path.of(ViewsIT.class.getResource("/report/Ask.java").toURI())
                                .toString(),
                        chain.grid().jdbcUrl(Role.ANALYST) + options,
                        sql)
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.strip();
    }

    @Test
    void whatIsWrittenOfTheLimitsOfSqlIsTrue() {
        Map<String, String> limits = SqlLimits.documented();
        assertThat(limits).hasSizeGreaterThan(5);
        limits.forEach((not, but) -> {
            assertThat(ask(not)).as(not).startsWith("refused: ");
            assertThat(ask(but)).as(but).doesNotStartWith("refused: ").isNotEmpty();
        });
    }

    /** The first row, or why there is none. */
    private static String ask(String sql) {
        try (Connection connection = DriverManager.getConnection(chain.grid().jdbcUrl(Role.ANALYST));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getObject(1)) : "";
        } catch (SQLException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    @Test
    void aRunawayQueryIsStoppedAndSalesGoOn() throws Exception {
        StoreKey store = new StoreKey(SoldChain.KARACHI, 1);
        Shop shop = Shop.open(chain.client());
        shop.stock(store, UNSOLD, 100_000);
        String crossJoin =
                "SELECT COUNT(*) FROM order_items a, order_items b, order_items c WHERE a.price + b.price > c.price";
        List<Long> millis = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(chain.grid().jdbcUrl(Role.ANALYST));
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(5);
            CompletableFuture<SQLException> stopped = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.executeQuery(crossJoin).next();
                    throw new AssertionError("it was not stopped");
                } catch (SQLException refused) {
                    return refused;
                }
            });
            while (!stopped.isDone()) {
                long begun = System.nanoTime();
                shop.sold(basket(store, line(UNSOLD, 1)));
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            }
            assertThat(stopped.get().getMessage()).containsAnyOf("quota", "timeout", "timed out", "cancelled");
            millis.sort(null);
            System.out.printf(
                    "%d sales during a runaway query (%s): median %d ms, slowest %d ms%n",
                    millis.size(),
                    stopped.get().getMessage(),
                    millis.get(millis.size() / 2),
                    millis.get(millis.size() - 1));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void anAnswerIsRightOrNoneWhileANodeLeavesAndPostgresIsAway() throws Exception {
        String question = "SELECT COUNT(*), SUM(amount), SUM(quantity) FROM sales_with_orders";
        String right = chain.inGrid(question).get(0);
        List<String> answers = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean asking = new AtomicBoolean(true);
        List<CompletableFuture<Void>> analysts = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    while (asking.get()) {
                        answers.add(all(question));
                    }
                }))
                .limit(3)
                .toList();
        Awaitility.await("some answers").until(() -> answers.size() > 5);
        chain.grid().stopNode("karachi-2");
        chain.postgres().killAbruptly();
        int before = answers.size();
        Awaitility.await("right answers without the node and without PostgreSQL")
                .atMost(Duration.ofSeconds(60))
                .until(() -> answers.size() > before + 10
                        && answers.subList(answers.size() - 3, answers.size()).stream()
                                .allMatch(right::equals));
        asking.set(false);
        analysts.forEach(CompletableFuture::join);
        chain.postgres().startAgain();

        long refused = answers.stream()
                .filter(answer -> answer.startsWith("refused: "))
                .count();
        System.out.println(answers.size() + " answers, " + refused + " refused while a node left: "
                + answers.stream()
                        .filter(answer -> answer.startsWith("refused: "))
                        .findFirst()
                        .orElse(""));
        assertThat(answers).allMatch(answer -> answer.equals(right) || answer.startsWith("refused: "));
    }

    /** All columns of the first row, or why there is none. */
    private static String all(String sql) {
        try (Connection connection = DriverManager.getConnection(chain.grid().jdbcUrl(Role.ANALYST));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1) + "|" + row.getObject(2) + "|" + row.getObject(3);
        } catch (SQLException refused) {
            return "refused: " + refused.getMessage();
        }
    }
}
