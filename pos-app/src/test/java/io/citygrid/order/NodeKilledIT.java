package io.citygrid.order;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.AlreadyCompleted;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.NodeProcesses;
import io.citygrid.testing.Registers;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's process is killed while eight registers sell: a dead node costs a retry with the same id, not a sale. */
class NodeKilledIT {
    private static final int REGISTERS = 8;

    @Test
    void d08_aNodeKilledUnderLoadLosesNoSaleAndDoublesNone(@TempDir Path directory) {
        Map<OrderRequest, Long> sold = new TreeMap<>((a, b) -> a.orderId().compareTo(b.orderId()));
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            try (NodeProcesses nodes = new NodeProcesses()) {
                TestGrid.NAMES.forEach(name -> nodes.start(layout.settings(name)));
                TestGrid.NAMES.forEach(name -> nodes.awaitServing(layout.settings(name)));
                try (GridClient client = new GridClient(GridClientSettings.of(layout.addresses()))) {
                    sellWhileANodeIsKilled(client, nodes, layout).forEach(sold::putAll);
                }
            }
            // The same data again, now in this process, where every copy can be looked at.
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                sold.forEach((request, orderNo) -> assertThat(mapping(client, request))
                        .as("order %s", request.orderId())
                        .extracting(OrderMapping::orderNo)
                        .isEqualTo(orderNo));
                assertThat(GridCaches.ORDERS.on(grid.node()).sizeLong()).isEqualTo(sold.size());
                new Invariants(grid, postgres).check();
            }
        }
    }

    private static List<Map<OrderRequest, Long>> sellWhileANodeIsKilled(
            GridClient client, NodeProcesses nodes, TestGrid.Layout layout) {
        Shop shop = Shop.open(client);
        List<StoreKey> stores = new ArrayList<>();
        int tea = shop.product("3.00");
        int sugar = shop.product("2.00");
        for (int i = 0; i < REGISTERS / 2; i++) {
            StoreKey store = shop.store(i % 2 == 0 ? Shop.KARACHI : Shop.LAHORE);
            shop.stock(store, tea, 100_000);
            shop.stock(store, sugar, 100_000);
            stores.add(store);
        }
        AtomicInteger total = new AtomicInteger();
        AtomicLong longestMillis = new AtomicLong();
        AtomicInteger repeated = new AtomicInteger();
        AtomicBoolean open = new AtomicBoolean(true);
        List<Map<OrderRequest, Long>> sold = Registers.atOnce(REGISTERS + 1, register -> {
            if (register == REGISTERS) {
                killAndRestart(nodes, layout, total, open);
                return Map.of();
            }
            Map<OrderRequest, Long> own = new HashMap<>();
            while (open.get()) {
                // Two registers in each store, with baskets of one line and of two.
                StoreKey store = stores.get(register / 2);
                OrderRequest request =
                        register % 2 == 0 ? basket(store, line(tea, 1), line(sugar, 2)) : basket(store, line(sugar, 1));
                long begun = System.nanoTime();
                own.put(request, sellUntilAnswered(client, request, repeated));
                longestMillis.accumulateAndGet((System.nanoTime() - begun) / 1_000_000, Math::max);
                total.incrementAndGet();
            }
            return own;
        });
        System.out.printf(
                "node killed under load: %d sales, longest %d ms, %d answered from the mapping%n",
                total.get(), longestMillis.get(), repeated.get());
        return sold;
    }

    private static void killAndRestart(
            NodeProcesses nodes, TestGrid.Layout layout, AtomicInteger total, AtomicBoolean open) {
        try {
            awaitRise(total, 200);
            nodes.kill("karachi-1");

            awaitRise(total, 400);
            nodes.start(layout.settings("karachi-1"));
            nodes.awaitServing(layout.settings("karachi-1"));
            awaitRise(total, 200);
        } finally {
            open.set(false);
        }
    }

    private static void awaitRise(AtomicInteger count, int by) {
        int from = count.get();
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> count.get() >= from + by);
    }

    /** What a register does: as long as the outcome is unknown it asks again, with the same id. */
    private static long sellUntilAnswered(GridClient client, OrderRequest request, AtomicInteger repeated) {
        while (true) {
            try {
                OrderOutcome outcome = client.processOrder(request);
                assertThat(outcome).isInstanceOfAny(Completed.class, AlreadyCompleted.class);
                if (outcome instanceof AlreadyCompleted already) {
                    repeated.incrementAndGet();
                    return already.receipt().orderNo();
                }
                return ((Completed) outcome).receipt().orderNo();
            } catch (OutcomeUnknown askAgain) {
                assertThat(askAgain).isNotNull();
            }
        }
    }

    private static OrderMapping mapping(GridClient client, OrderRequest request) {
        return client.get(
                GridCaches.ORDER_MAPPING, new OrderMappingKey(request.cityId(), request.storeId(), request.orderId()));
    }
}
