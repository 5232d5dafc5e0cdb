package io.citygrid.reconcile;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.reconcile.FragmentReport;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.grid.reconcile.TableReport;
import io.citygrid.model.BusinessDay;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.ByHand;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.apache.ignite.IgniteCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are changed in PostgreSQL behind the grid's back; afterwards both are equal again, and right. */
class ReconcileIT {
    @TempDir
    private static Path directory;

    private static TestPostgres postgres;
    private static TestGrid grid;
    private static GridClient client;
    private static Shop shop;

    private StoreKey store;
    private int tea;
    private int sugar;
    private ByHand byHand;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres(directory);
        grid = new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
        client = grid.connect();
        shop = Shop.open(client);
    }

    @AfterAll
    static void stop() {
        client.close();
        grid.close();
        postgres.close();
    }

    @BeforeEach
    void openAStore() {
        store = shop.store(Shop.KARACHI);
        tea = shop.product("47.00");
        sugar = shop.product("3.00");
        shop.stock(store, tea, 1000);
        shop.stock(store, sugar, 1000);
        shop.sold(basket(store, line(tea, 2)));
        shop.sold(basket(store, line(tea, 1), line(sugar, 4)));
        byHand = new ByHand(postgres, store);
    }

    @AfterEach
    void everythingAddsUp() {
        new Invariants(grid, postgres).check();
    }

    private FragmentReport reconciled() {
        FragmentReport report = client.reconcile(store.cityFragment(), rows -> {});
        assertThat(report.failure()).isNull();
        return report;
    }

    private static TableReport of(FragmentReport report, String table) {
        return report.before().stream()
                .filter(compared -> compared.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void equalSidesAreLeftAlone() {
        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "orders").compared()).isEqualTo(2);
        assertThat(report.before()).allMatch(table -> table.differing() == 0);
    }

    @Test
    void sumsThatAreNotThoseOfTheOrdersArePutRight() {
        new Invariants(grid, postgres).check();
        int today = BusinessDay.of(Instant.now(), ZoneId.systemDefault());
        StoreDayKey day = new StoreDayKey(store.cityId(), store.storeId(), today);
        IgniteCache<StoreDayKey, StoreDay> days = GridCaches.STORE_DAYS.on(grid.node());
        days.put(day, new StoreDay(store.cityId(), 7, 7, 7, new BigDecimal("7.00"), 1, 7));
        days.put(
                new StoreDayKey(store.cityId(), store.storeId(), today - 1),
                new StoreDay(store.cityId(), 1, 1, 1, new BigDecimal("1.00"), 1, 1));
        GridCaches.CATEGORY_DAYS
                .on(grid.node())
                .removeAll(Set.of(new CategoryDayKey(store.cityId(), store.storeId(), today, 1)));

        assertThat(reconciled().equal()).isTrue();

        // Every sum is compared with the orders after each test.
        assertThat(days.get(day).orders()).isEqualTo(2);
    }

    @Test
    void anOrderThatWasCorrectedInPostgresIsCorrectedInTheGridTheSumsAndTheWarehouse() {
        // As it was sold, it is in all of them before.
        new Invariants(grid, postgres).check();
        byHand.run(
                "UPDATE order_items SET price = 2.00, version = version + 1 WHERE $store AND order_no = 2 AND product_id = "
                        + sugar
                        + "; UPDATE orders SET total = 55.00, version = version + 1 WHERE $store AND order_no = 2;"
                        + " UPDATE payments SET amount = 55.00, change_due = tendered - 55.00, version = version + 1"
                        + " WHERE $store AND order_no = 2");

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "orders").newerInPostgres()).isOne();
        // Sums and warehouse are compared with the orders after each test.
        assertThat(client.get(GridCaches.ORDERS, new OrderKey(store.cityId(), store.storeId(), 2)))
                .extracting(Order::total)
                .isEqualTo(new BigDecimal("55.00"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void ordersThatPostgresAloneHasAreTakenOver(int count) {
        byHand.sellLikeTheLast(count);

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "orders").onlyInPostgres()).isEqualTo(count);
        assertThat(shop.onHand(store, sugar)).isEqualTo(1000 - 4 * (count + 1));
        assertThat(shop.sold(basket(store, line(tea, 1))).orderNo()).isEqualTo(count + 3);
    }

    @Test
    void moreOrdersThanOneTransactionSellsAreTakenOverBeforeTheNextSale() {
        byHand.sellLikeTheLast(40);

        assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo())
                .as("PostgreSQL tells that it is ahead, and the store waits until both have been compared")
                .isEqualTo(43);
    }

    @Test
    void ordersThatTheGridAloneHasAreTold() {
        shop.sold(basket(store, line(sugar, 1)));
        byHand.forgetTheLast().forgetTheLast();

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "orders").onlyInGrid()).isEqualTo(2);
        assertThat(of(report, "inventory").newerInGrid()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ordersOfOneTransactionThatNobodyWasToldOfGiveWayToThoseThatWereSold(int count) {
        byHand.otherOrders(count, sugar);

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(report.conflicts()).isEmpty();
        assertThat(shop.onHand(store, sugar)).isEqualTo(996);
        assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo()).isEqualTo(3);
    }

    @Test
    void otherOrdersOfTwoTransactionsAreForAPersonToLookAt() {
        byHand.otherOrders(2, sugar)
                .run("UPDATE orders SET updated_at = updated_at"
                        + " + interval '1 second' WHERE $store AND order_no = $last");

        FragmentReport report = reconciled();

        assertThat(report.equal()).isFalse();
        assertThat(report.conflicts())
                .singleElement()
                .asString()
                .contains("has lost orders of store " + store.storeId(), "from number 1");
        assertThat(shop.sell(basket(store, line(sugar, 1))))
                .isInstanceOfSatisfying(OrderOutcome.StoreNotOpen.class, refused -> assertThat(refused.reason())
                        .contains("has lost orders of store " + store.storeId()));

        // The person says that the grid is right.
        byHand.run("DELETE FROM orders WHERE $store; DELETE FROM order_items WHERE $store;"
                + " DELETE FROM payments WHERE $store; DELETE FROM order_mapping WHERE $store;"
                + " DELETE FROM inventory WHERE $store");
        assertThat(reconciled().equal()).isTrue();
        assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo()).isEqualTo(3);
    }

    @Test
    void stockIsTakenFromTheSideThatIsNewer() {
        byHand.run("UPDATE inventory SET version = version + 5 WHERE $store AND product_id = " + tea + ";"
                + " UPDATE inventory SET version = version - 1, quantity = 7 WHERE $store AND product_id = " + sugar);

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "inventory").newerInPostgres()).isOne();
        assertThat(of(report, "inventory").newerInGrid()).isOne();
        assertThat(shop.onHand(store, sugar)).isEqualTo(996);
        assertThat(shop.onHand(store, tea)).isEqualTo(997);
        shop.sold(basket(store, line(tea, 1)));
    }

    @Test
    void aMovementThatPostgresAloneHasCountsBesideWhatTheGridSold() {
        byHand.run(
                "INSERT INTO stock_movements SELECT city_fragment, store_id, gen_random_uuid(), product_id, 50, reason,"
                        + " version, moved_at FROM stock_movements WHERE $store AND product_id = " + sugar + ";"
                        + " UPDATE inventory SET quantity = quantity + 54 WHERE $store AND product_id = " + sugar);

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "stock_movements").onlyInPostgres()).isOne();
        assertThat(shop.onHand(store, sugar)).isEqualTo(1046);
    }

    @Test
    void d11_leftOverMappingsLinesAndPaymentsGoAndLostOnesComeBack() {
        byHand.run(
                """
                INSERT INTO order_mapping SELECT city_fragment, gen_random_uuid(), store_id, 77, NULL, ordered_at, version
                    FROM order_mapping WHERE $store LIMIT 1;
                INSERT INTO order_items SELECT city_fragment, store_id, 99, line_no, product_id, quantity, price, city_id,
                    category_id, ordered_at, version FROM order_items WHERE $store AND order_no = 1;
                INSERT INTO payments SELECT city_fragment, store_id, 98, seq, order_id, amount, method, status, tendered,
                    change_due, paid_at, version FROM payments WHERE $store AND order_no = 1;
                DELETE FROM order_mapping WHERE $store AND order_no = 1;
                DELETE FROM order_items WHERE $store AND order_no = 2 AND line_no = 2;
                """);

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "order_mapping").onlyInPostgres()).isOne();
        assertThat(of(report, "order_mapping").onlyInGrid()).isOne();
        assertThat(of(report, "order_items").onlyInPostgres()).isOne();
        assertThat(of(report, "order_items").onlyInGrid()).isOne();
        assertThat(of(report, "payments").onlyInPostgres()).isOne();
    }

    @Test
    void d13_copiesOfOneVersionThatDivergedAreMadeEqualToTheGrid() {
        byHand.run("UPDATE orders SET total = total + 1 WHERE $store AND order_no = 1;"
                + " UPDATE payments SET amount = amount + 1, tendered = tendered + 1 WHERE $store AND order_no = 1;"
                + " UPDATE order_items SET price = price + 1 WHERE $store AND order_no = 2;"
                + " UPDATE store_counters SET version = version + 9, last_order_no = 50 WHERE $store");

        FragmentReport report = reconciled();

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "orders").otherwise()).isOne();
        assertThat(of(report, "order_items").otherwise()).isEqualTo(2);
        assertThat(of(report, "store_counters").newerInPostgres()).isOne();
        assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo())
                .as("no number is left out")
                .isEqualTo(3);
    }

    @Test
    void d22_aCustomerThatPostgresAloneHasIsKnownAndAChangedOneIsBroughtTogether() {
        CustomerKey zara = shop.customer(Shop.KARACHI, "Zara", "0300-1");
        postgres.execute(
                "karachi_db",
                """
                INSERT INTO customers SELECT city_fragment, customer_id + 160, 'C' || customer_id + 160, 'Phantom', city_id,
                    version, created_at, updated_at FROM customers WHERE customer_id = %1$d;
                UPDATE customer_contacts SET phone = '0300-2', version = version + 1 WHERE customer_id = %1$d;
                """
                        .formatted(zara.customerId()));

        FragmentReport report = client.reconcile(zara.cityFragment(), rows -> {});

        assertThat(report.equal()).isTrue();
        assertThat(client.get(GridCaches.CUSTOMERS, new CustomerKey(Shop.KARACHI, zara.customerId() + 160))
                        .name())
                .isEqualTo("Phantom");
        assertThat(client.get(GridCaches.CUSTOMER_CONTACTS, zara).phone()).isEqualTo("0300-2");
    }

    @Test
    void referenceRowsAreTakenFromTheSideThatIsNewer() {
        postgres.execute(
                "pos_central",
                "UPDATE products SET price = 5.00, version = version + 1 WHERE id = " + sugar + ";"
                        + " DELETE FROM products WHERE id = " + tea);

        FragmentReport report = client.reconcile(FragmentRun.REFERENCE, rows -> {});

        assertThat(report.equal()).isTrue();
        assertThat(of(report, "products").newerInPostgres()).isOne();
        assertThat(of(report, "products").onlyInGrid()).isOne();
        assertThat(client.get(GridCaches.PRODUCTS, sugar).price()).isEqualTo(new BigDecimal("5.00"));
    }
}
