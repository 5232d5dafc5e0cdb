package io.citygrid.order;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.NotStored;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Registers;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.transactions.Transaction;
import org.apache.ignite.transactions.TransactionConcurrency;
import org.apache.ignite.transactions.TransactionIsolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Baskets that share a transaction do not share their fate. */
@ExtendWith(SharedGrid.class)
class SharedFateIT {
    private static final int REGISTERS = 16;
    private static final int ORDERS_EACH = 10;

    /** Longer than anybody waits for a lock. */
    private static final Duration HELD = Duration.ofSeconds(7);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Shop shop = SharedGrid.shop();

    @Test
    void nobodyIsRefusedForAnotherOnesBasket() {
        StoreKey store = shop.store(Shop.LAHORE);
        int tea = shop.product("3.50");
        int refused = shop.product("1.25");
        shop.stock(store, tea, 10_000);
        shop.stock(store, refused, 10_000);
        SharedGrid.postgres()
                .execute(
                        "lahore_db",
                        "ALTER TABLE order_items ADD CONSTRAINT not_this CHECK (product_id <> " + refused + ")");
        try {
            List<List<OrderOutcome>> outcomes = Registers.atOnce(REGISTERS, register -> IntStream.range(0, ORDERS_EACH)
                    .mapToObj(i -> shop.sell(basket(store, line(register == 0 ? refused : tea, 1))))
                    .toList());

            assertThat(outcomes.get(0)).allMatch(NotStored.class::isInstance);
            assertThat(outcomes.subList(1, REGISTERS).stream().flatMap(List::stream))
                    .allMatch(Completed.class::isInstance);
            assertThat(shop.onHand(store, refused)).isEqualTo(10_000);
        } finally {
            SharedGrid.postgres().execute("lahore_db", "ALTER TABLE order_items DROP CONSTRAINT not_this");
        }
    }

    @Test
    void oneIdAskedForByManyAtOnceIsOneOrder() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("3.50");
        shop.stock(store, tea, 100);
        UUID id = UUID.randomUUID();

        List<OrderOutcome> outcomes =
                Registers.atOnce(REGISTERS, register -> shop.sell(Shop.order(id, store, null, line(tea, 1))));

        assertThat(outcomes).filteredOn(Completed.class::isInstance).hasSizeLessThanOrEqualTo(1);
        assertThat(outcomes).allMatch(SharedFateIT::isSold);
        assertThat(shop.onHand(store, tea)).isEqualTo(99);
    }

    @Test
    void aStoreWhoseLockSomethingElseHoldsKeepsNoOtherStoreWaiting() throws Exception {
        int tea = shop.product("3.50");
        StoreKey held = shop.store(Shop.KARACHI);
        shop.stock(held, tea, 1_000);
        Ignite node = primary(held);
        StoreKey neighbour = shop.store(Shop.KARACHI);
        while (primary(neighbour) != node) {
            neighbour = shop.store(Shop.KARACHI);
        }
        StoreKey free = neighbour;
        shop.stock(free, tea, 10_000);
        shop.sold(basket(held, line(tea, 1)));
        shop.sold(basket(free, line(tea, 1)));

        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<Void> holding = CompletableFuture.runAsync(() -> {
            try (Transaction transaction = node.transactions()
                    .txStart(
                            TransactionConcurrency.PESSIMISTIC,
                            TransactionIsolation.REPEATABLE_READ,
                            2 * HELD.toMillis(),
                            0)) {
                GridCaches.STORE_COUNTERS.on(node).get(held);
                locked.countDown();
                TimeUnit.MILLISECONDS.sleep(HELD.toMillis());
                transaction.rollback();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();

        List<Duration> waits = new ArrayList<>();
        CompletableFuture<OrderOutcome> stuck =
                CompletableFuture.supplyAsync(() -> shop.sell(basket(held, line(tea, 1))));
        while (!holding.isDone()) {
            long asked = System.nanoTime();
            assertThat(shop.sell(basket(free, line(tea, 1)))).matches(SharedFateIT::isSold);
            waits.add(Duration.ofNanos(System.nanoTime() - asked));
        }

        assertThat(waits)
                .filteredOn(wait -> wait.compareTo(SOON) > 0)
                .as("only who stood in line with the first one waits")
                .hasSizeLessThanOrEqualTo(1);
        assertThat(waits).hasSizeGreaterThan(20);
        holding.get(10, TimeUnit.SECONDS);
        assertThat(stuck.get(30, TimeUnit.SECONDS)).matches(SharedFateIT::isSold);
    }

    /** At once, or found sold when it was asked for again because the answer took long. */
    private static boolean isSold(OrderOutcome outcome) {
        return outcome instanceof Completed || outcome instanceof OrderOutcome.AlreadyCompleted;
    }

    /** The node on which the store's sales run. */
    private static Ignite primary(StoreKey store) {
        Object name = SharedGrid.grid()
                .node()
                .<StoreKey>affinity(GridCaches.STORES.name())
                .mapKeyToNode(store)
                .consistentId();
        return SharedGrid.grid().node(name.toString());
    }
}
