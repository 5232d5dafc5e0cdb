package io.citygrid.testing;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.AlreadyCompleted;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.StoreNotOpen;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.SalesLog.Refused;
import io.citygrid.testing.SalesLog.Sold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Registers that sell small random baskets, with a moment between two customers, and write down what became of each. As long as the outcome of a sale
 * is unknown its register asks again, with the same id, also when it is then told that the store opens in a moment.
 */
public final class Load implements AutoCloseable {
    public static final int REGISTERS = 8;

    private static final int PRODUCTS = 5;
    private static final int LINES_MAX = 3;
    private static final int QUANTITY_MAX = 2;
    private static final int STOCK = 1_000_000;

    /** Between a register's sales. Without it eight registers take the whole machine from nodes that start. */
    private static final long NEXT_CUSTOMER_MILLIS = 100;

    private static final Duration RISES_WITHIN = Duration.ofSeconds(90);
    private static final long ENDS_WITHIN_SECONDS = 120;

    private final GridClient client;
    private final List<StoreKey> stores;
    private final List<Integer> products;
    private final Queue<Sold> sold = new ConcurrentLinkedQueue<>();
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sales = new AtomicInteger();
    private final ExecutorService registers = Executors.newFixedThreadPool(REGISTERS);
    private final List<Future<?>> working = new ArrayList<>();
    private volatile boolean open = true;

    private Load(GridClient client, List<StoreKey> stores, List<Integer> products) {
        this.client = client;
        this.stores = stores;
        this.products = products;
    }

    /** Fills the shelves of {@code stores} and lets eight registers sell there, evenly. */
    public static Load start(GridClient client, Shop shop, List<StoreKey> stores, long seed) {
        return start(client, shop, stores, seed, () -> {});
    }

    /** @param beforeTheFirstSale what happens between the filling of the shelves and the first sale */
    public static Load start(
            GridClient client, Shop shop, List<StoreKey> stores, long seed, Runnable beforeTheFirstSale) {
        List<Integer> products = new ArrayList<>();
        for (int i = 1; i <= PRODUCTS; i++) {
            int product = shop.product(i + ".50");
            stores.forEach(store -> shop.stock(store, product, STOCK));
            products.add(product);
        }
        beforeTheFirstSale.run();
        Load load = new Load(client, List.copyOf(stores), products);
        for (int register = 0; register < REGISTERS; register++) {
            int number = register;
            load.working.add(load.registers.submit(() -> load.sell(number, new Random(seed + number))));
        }
        return load;
    }

    /** Of everything random in a test: {@code -Dcitygrid.test.seed}, or a new one. Printed, so that a run can be repeated. */
    public static long seed() {
        long seed =
                Long.getLong("citygrid.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        System.out.println("citygrid.test.seed = " + seed);
        return seed;
    }

    private void sell(int register, Random random) {
        while (open) {
            StoreKey store = stores.get(register % stores.size());
            OrderRequest request = Shop.basket(store, lines(random));
            long begun = System.nanoTime();
            OrderOutcome outcome = askUntilAnswered(request);
            long ended = System.nanoTime();
            if (outcome instanceof Completed completed) {
                sold.add(sold(request, completed.receipt(), false, begun, ended));
            } else if (outcome instanceof AlreadyCompleted completed) {
                sold.add(sold(request, completed.receipt(), true, begun, ended));
            } else {
                refused.add(new Refused(request, outcome, begun, ended));
            }
            sales.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(NEXT_CUSTOMER_MILLIS));
        }
    }

    private OrderOutcome askUntilAnswered(OrderRequest request) {
        boolean unknown = false;
        while (true) {
            try {
                OrderOutcome outcome = client.processOrder(request);
                if (!unknown
                        || !opensInAMoment(outcome)
                        || Thread.currentThread().isInterrupted()) {
                    return outcome;
                }
            } catch (OutcomeUnknown askAgain) {
                unknown = true;
                if (Thread.currentThread().isInterrupted()) {
                    throw askAgain;
                }
            }
        }
    }

    /** Says that this try did nothing, and nothing of one before it whose outcome is unknown. */
    private static boolean opensInAMoment(OrderOutcome outcome) {
        return outcome instanceof StoreNotOpen store && !store.isShut();
    }

    private BasketLine[] lines(Random random) {
        return random.ints(0, products.size())
                .distinct()
                .limit(1 + random.nextInt(LINES_MAX))
                .mapToObj(index -> Shop.line(products.get(index), 1 + random.nextInt(QUANTITY_MAX)))
                .toArray(BasketLine[]::new);
    }

    private static Sold sold(OrderRequest request, Receipt receipt, boolean repeated, long begun, long ended) {
        return new Sold(request, receipt.orderNo(), receipt.durability(), repeated, begun, ended);
    }

    /** Waits until {@code more} sales than now are through. */
    public void awaitSales(int more) {
        int enough = sales.get() + more;
        Awaitility.await(more + " more sales")
                .atMost(RISES_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> sales.get() >= enough);
    }

    /** What has been sold and refused until now. */
    public SalesLog log() {
        return new SalesLog(List.copyOf(sold), List.copyOf(refused));
    }

    /** Lets every register finish the sale it is at; answers everything sold and refused. */
    public SalesLog stop() {
        open = false;
        try {
            for (Future<?> register : working) {
                register.get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        } finally {
            registers.shutdownNow();
        }
        return log();
    }

    /** Ends the registers, also in the middle of a sale. */
    @Override
    public void close() {
        open = false;
        registers.shutdownNow();
    }
}
