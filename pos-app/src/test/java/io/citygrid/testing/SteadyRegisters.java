package io.citygrid.testing;

import static org.awaitility.Awaitility.await;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.AlreadyCompleted;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Registers of one store that sell one basket after the other, with a moment between two customers, asking again with the same id until each is sold. */
public final class SteadyRegisters implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final long NEXT_CUSTOMER_MILLIS = 10;

    private final GridClient client;
    private final StoreKey store;
    private final int product;
    private final Map<OrderRequest, Long> sold = new ConcurrentHashMap<>();
    private final AtomicInteger sales = new AtomicInteger();
    private final AtomicLong longestMillis = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    /** Starts them. */
    public SteadyRegisters(GridClient client, StoreKey store, int product, int count) {
        this.client = client;
        this.store = store;
        this.product = product;
        for (int register = 0; register < count; register++) {
            Thread thread = new Thread(this::sell, "register-" + store.storeId() + "-" + register);
            thread.start();
            threads.add(thread);
        }
    }

    private void sell() {
        while (open.get()) {
            OrderRequest request = Shop.basket(store, Shop.line(product, 1));
            long begun = System.nanoTime();
            long number = sellUntilAnswered(request);
            if (number > 0) {
                longestMillis.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun), Math::max);
                sold.put(request, number);
                sales.incrementAndGet();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(NEXT_CUSTOMER_MILLIS));
        }
    }

    /** The receipt's number; 0 if the register was closed before it was sold, when the outcome may be unknown. */
    private long sellUntilAnswered(OrderRequest request) {
        while (open.get()) {
            try {
                OrderOutcome outcome = client.processOrder(request);
                if (outcome instanceof Completed now) {
                    return now.receipt().orderNo();
                }
                if (outcome instanceof AlreadyCompleted before) {
                    return before.receipt().orderNo();
                }
            } catch (OutcomeUnknown askAgain) {
                continue;
            }
        }
        return 0;
    }

    /** Waits until {@code more} sales have been made from now on. */
    public void awaitSales(int more) {
        int from = sales.get();
        await(store + " sells").atMost(WITHIN).until(() -> sales.get() >= from + more);
    }

    public int sales() {
        return sales.get();
    }

    /** The longest that a sale has taken, from the first try to the receipt. */
    public long longestMillis() {
        return longestMillis.get();
    }

    /** Closes the registers; answers every order that was sold, with its receipt's number. */
    public Map<OrderRequest, Long> stop() {
        open.set(false);
        try {
            for (Thread thread : threads) {
                thread.join(WITHIN.toMillis());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
        return Map.copyOf(sold);
    }

    /** Closes the registers of several stores. */
    public static Map<OrderRequest, Long> close(SteadyRegisters... stores) {
        Map<OrderRequest, Long> all = new HashMap<>();
        for (SteadyRegisters registers : stores) {
            all.putAll(registers.stop());
        }
        return all;
    }

    @Override
    public void close() {
        stop();
    }
}
