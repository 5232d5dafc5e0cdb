package io.citygrid.ops;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.Warm;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Load;
import io.citygrid.testing.ProcessGrid;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.SalesLog.Sold;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.WholeGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are killed while a backup is brought back: the one that does it, and another one. Nothing is sold until it is done. */
class RestoreDeathIT {
    private static final String NAME = "tuesday";
    private static final Pattern AGAIN = Pattern.compile("[tT]ry again|run the same command again");
    private static final Duration WITHIN = Duration.ofSeconds(180);

    @TempDir
    Path directory;

    private GridClient client;
    private Shop shop;
    private StoreKey karachi;
    private int tea;
    private final List<Sold> sold = new ArrayList<>();

    @Test
    void theSameCommandOrGivingUpBringsTheGridBack() {
        try (ProcessGrid grid = new ProcessGrid(directory, ProcessGrid.mode())) {
            client = grid.client();
            shop = Shop.open(client);
            karachi = shop.store(Shop.KARACHI);
            StoreKey lahore = shop.store(Shop.LAHORE);
            tea = shop.product("47.00");
            SalesLog sales = sellAndBackUp(List.of(karachi, lahore));

            String doing = WholeGrid.coordinator(client);
            assertThat(killedWhile(grid, doing, "destroying the caches", Work.ROLL_FORWARD))
                    .hasValueSatisfying(why -> assertThat(why).contains("is gone", "Start it again"));
            isShut();
            assertThat(run(Work.ABANDON))
                    .hasValueSatisfying(why -> assertThat(why).contains(doing + " is away"));
            comesBack(grid, doing);
            succeedsAtLast(grid, Work.ROLL_FORWARD);
            sells();

            String other = TestGrid.NAMES.stream()
                    .filter(name -> !name.equals(WholeGrid.coordinator(client)))
                    .findFirst()
                    .orElseThrow();
            assertThat(killedWhile(grid, other, "restoring the snapshot", Work.ROLL_FORWARD))
                    .hasValueSatisfying(why -> assertThat(why).contains("The grid stays closed"));
            isShut();
            comesBack(grid, other);
            isShut();
            succeedsAtLast(grid, Work.ABANDON);
            Awaitility.await("it can be filled")
                    .atMost(WITHIN)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(Warm.run(client, Progress.silent()).cities())
                                    .allMatch(CityComparison::equal));
            sells();

            assertThat(grid.nodes().crashed()).isEmpty();
            sold.addAll(sales.sold());
            grid.check(new SalesLog(List.copyOf(sold), List.of()));
        }
    }

    private SalesLog sellAndBackUp(List<StoreKey> stores) {
        stores.forEach(store -> shop.stock(store, tea, 100));
        try (Load load = Load.start(client, shop, stores, Load.seed())) {
            load.awaitSales(50);
            assertThat(run(Work.BACKUP)).isEmpty();
            load.awaitSales(50);
            return load.stop();
        }
    }

    /**
     * A node that has just come back may not answer everything yet, and then the command says to run it again. It may leave once more
     * too; the command says that it is away, and its supervisor starts it again.
     */
    private void succeedsAtLast(ProcessGrid grid, Work work) {
        Awaitility.await("it succeeds, run again")
                .atMost(WITHIN)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    TestGrid.NAMES.forEach(grid::start);
                    Optional<String> failure = run(work);
                    failure.ifPresent(System.out::println);
                    return failure.map(why -> AGAIN.matcher(why).find() ? why : fail(why))
                            .isEmpty();
                });
    }

    private Optional<String> run(Work work) {
        return FollowedRun.run(client, RunRequest.begin(work, NAME, 0, null), System.out::println);
    }

    /** @return why the restore was not done */
    private Optional<String> killedWhile(ProcessGrid grid, String node, String step, Work work) {
        AtomicBoolean killed = new AtomicBoolean();
        Optional<String> failure = FollowedRun.run(client, RunRequest.begin(work, NAME, 0, null), now -> {
            System.out.println(now);
            if (now.startsWith(step) && killed.compareAndSet(false, true)) {
                grid.nodes().kill(node);
            }
        });
        assertThat(killed).as("it came to: " + step).isTrue();
        return failure;
    }

    private void isShut() {
        Awaitility.await("the grid says that it waits for a person")
                .atMost(WITHIN)
                .ignoreExceptionsInstanceOf(OutcomeUnknown.class)
                .untilAsserted(() -> assertThat(shop.sell(basket(karachi, line(tea, 1))))
                        .isInstanceOfSatisfying(OrderOutcome.StoreNotOpen.class, shut -> assertThat(shut.isShut())
                                .isTrue()));
    }

    /** As its supervisor does, it is started until it is let in. */
    private void comesBack(ProcessGrid grid, String node) {
        Awaitility.await(node + " is let in")
                .atMost(WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    grid.start(node);
                    return client.query("SELECT CONSISTENT_ID FROM SYS.NODES").contains(List.of(node));
                });
    }

    private void sells() {
        OrderRequest request = basket(karachi, line(tea, 1));
        Receipt receipt = Awaitility.await("it sells")
                .atMost(WITHIN)
                .until(() -> receipt(client.processOrder(request)), Objects::nonNull);
        sold.add(new Sold(request, receipt.orderNo(), receipt.durability(), false, 0, 0));
    }

    private static Receipt receipt(OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.Completed completed) {
            return completed.receipt();
        }
        return outcome instanceof OrderOutcome.AlreadyCompleted before ? before.receipt() : null;
    }
}
