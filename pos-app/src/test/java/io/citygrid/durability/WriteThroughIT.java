package io.citygrid.durability;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.AlreadyCompleted;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.NotStored;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Registers;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ignite.cluster.ClusterState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL says no, or is killed: nothing is half written, no lock is left behind, and the nodes are well. */
@ExtendWith(SharedGrid.class)
class WriteThroughIT {
    private final Shop shop = SharedGrid.shop();

    @Test
    void aConstraintViolationLeavesGridAndPostgresEqualAndTheLocksFree() {
        StoreKey store = shop.store(Shop.KARACHI);
        int cursed = shop.product("666.00");
        int tea = shop.product("47.00");
        shop.stock(store, cursed, 5);
        shop.stock(store, tea, 5);
        shop.sold(basket(store, line(tea, 1)));
        SharedGrid.postgres().execute("karachi_db", "ALTER TABLE orders ADD CONSTRAINT not_666 CHECK (total <> 666)");
        try {
            OrderRequest request = basket(store, line(cursed, 1));

            assertThat(shop.sell(request))
                    .isInstanceOfSatisfying(NotStored.class, refused -> assertThat(refused.database())
                            .isEqualTo("karachi_db"));

            assertThat(shop.onHand(store, cursed)).isEqualTo(5);
            assertThat(shop.sold(basket(store, line(cursed, 1), line(tea, 1))).orderNo())
                    .as("the refused sale took no number and holds no lock")
                    .isEqualTo(2);
            SharedGrid.postgres().execute("karachi_db", "ALTER TABLE orders DROP CONSTRAINT not_666");
            assertThat(shop.sold(request).orderNo()).as("the same id once more").isEqualTo(3);
        } finally {
            SharedGrid.postgres().execute("karachi_db", "ALTER TABLE orders DROP CONSTRAINT IF EXISTS not_666");
        }
        nodesAreWell();
    }

    @Test
    void d12_postgresKilledUnderLoadStopsNoSale() {
        StoreKey karachi = shop.store(Shop.KARACHI);
        StoreKey lahore = shop.store(Shop.LAHORE);
        int tea = shop.product("3.00");
        int sugar = shop.product("2.00");
        for (StoreKey store : List.of(karachi, lahore)) {
            shop.stock(store, tea, 100_000);
            shop.stock(store, sugar, 100_000);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        AtomicInteger writtenThrough = new AtomicInteger();
        AtomicInteger queued = new AtomicInteger();

        List<List<OrderRequest>> sold = Registers.atOnce(5, register -> {
            if (register == 4) {
                killAndRestart(writtenThrough, queued, open);
                return List.of();
            }
            StoreKey store = register % 2 == 0 ? karachi : lahore;
            List<OrderRequest> queuedHere = new ArrayList<>();
            while (open.get()) {
                OrderRequest request = basket(store, line(tea, 1), line(sugar, 1));
                OrderOutcome outcome = shop.sell(request);
                assertThat(outcome).isInstanceOfAny(Completed.class, AlreadyCompleted.class);
                if (outcome instanceof Completed now && now.receipt().durability() == Durability.QUEUED) {
                    queued.incrementAndGet();
                    queuedHere.add(request);
                } else {
                    writtenThrough.incrementAndGet();
                }
            }
            return queuedHere;
        });

        OrderRequest later = sold.stream().flatMap(List::stream).findFirst().orElseThrow();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(shop.sell(later))
                .isInstanceOfSatisfying(AlreadyCompleted.class, again -> assertThat(
                                again.receipt().durability())
                        .as("once the outbox is empty")
                        .isEqualTo(Durability.WRITTEN_THROUGH)));
        nodesAreWell();
    }

    private static void killAndRestart(AtomicInteger writtenThrough, AtomicInteger queued, AtomicBoolean open) {
        awaitRise(writtenThrough, 100);
        SharedGrid.postgres().killAbruptly();
        awaitRise(queued, 100);
        SharedGrid.postgres().startAgain();
        awaitRise(writtenThrough, 50);
        open.set(false);
    }

    private static void awaitRise(AtomicInteger count, int by) {
        int from = count.get();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> count.get() >= from + by);
    }

    private static void nodesAreWell() {
        assertThat(SharedGrid.grid().node().cluster().state()).isEqualTo(ClusterState.ACTIVE);
        assertThat(SharedGrid.grid().node().cluster().forServers().nodes()).hasSize(4);
    }
}
