package io.citygrid.load.generate;

import io.citygrid.load.catalog.CatalogSummary;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.sales.CashTender;
import io.citygrid.load.sales.OrderAnswer;
import io.citygrid.load.sales.OrderAnswer.NoAnswer;
import io.citygrid.load.sales.OrderAnswer.Refused;
import io.citygrid.load.sales.OrderAnswer.Sold;
import io.citygrid.load.sales.OrderSender;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sells the planned orders, a bounded number at a time and roughly in the sequence of their times. */
final class OrderDrive {
    /** Orders without an answer in a row after which the rest is not tried: the grid is away. */
    static final int UNANSWERED_MAX = 5;

    private final GenerateOptions options;
    private final OrderPlan plan;
    private final GeneratedCatalog catalog;
    private final OrderSender sender;
    private final Progress progress;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger sold = new AtomicInteger();
    private final AtomicInteger soldBefore = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unansweredInARow = new AtomicInteger();

    OrderDrive(
            GenerateOptions options, OrderPlan plan, GeneratedCatalog catalog, OrderSender sender, Progress progress) {
        this.options = options;
        this.plan = plan;
        this.catalog = catalog;
        this.sender = sender;
        this.progress = progress;
    }

    /** Sells everything and waits until it is done. */
    GenerateSummary sell(CatalogSummary loaded) {
        int[] numbers = plan.byTime();
        progress.start("orders", numbers.length);
        long startedAt = System.nanoTime();
        ExecutorService sellers = Executors.newFixedThreadPool(options.threads());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < options.threads(); i++) {
                running.add(sellers.submit(() -> sellFrom(numbers)));
            }
            running.forEach(OrderDrive::await);
        } finally {
            sellers.shutdownNow();
        }
        progress.done();
        if (stopped()) {
            progress.problem("the grid stopped answering; generate again with the same options to continue");
        }
        int answered = sold.get() + soldBefore.get() + refused.get();
        return new GenerateSummary(
                loaded,
                sold.get(),
                soldBefore.get(),
                refused.get(),
                numbers.length - answered,
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private static void await(Future<?> running) {
        try {
            running.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while orders were being sold", stopping);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("orders could not be sold", failed.getCause());
        }
    }

    private boolean stopped() {
        return unansweredInARow.get() >= UNANSWERED_MAX;
    }

    private void sellFrom(int[] numbers) {
        for (int i = next.getAndIncrement(); i < numbers.length && !stopped(); i = next.getAndIncrement()) {
            count(numbers[i], sender.send(request(numbers[i])));
            progress.advance(1);
        }
    }

    private OrderRequest request(int number) {
        GeneratedOrder order = plan.order(number);
        List<BasketLine> basket = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (Map.Entry<Integer, Integer> line : order.basket().entrySet()) {
            basket.add(new BasketLine(catalog.productIds().get(line.getKey()), line.getValue()));
            total = total.add(catalog.prices().get(line.getKey()).multiply(BigDecimal.valueOf(line.getValue())));
        }
        @Nullable Integer customer = order.customer();
        return new OrderRequest(
                plan.orderId(number),
                order.store().cityId(),
                order.store().id(),
                customer == null ? null : catalog.customerIds().get(customer),
                basket,
                order.method(),
                order.method() == PaymentMethod.CASH ? CashTender.of(total) : null,
                order.rungUpAt());
    }

    private void count(int number, OrderAnswer answer) {
        if (answer instanceof NoAnswer unknown) {
            unansweredInARow.incrementAndGet();
            progress.problem("generated order " + number + " got no answer: " + unknown.reason());
            return;
        }
        if (!stopped()) {
            unansweredInARow.set(0);
        }
        if (answer instanceof Sold done) {
            (done.now() ? sold : soldBefore).incrementAndGet();
        } else if (answer instanceof Refused refusal) {
            refused.incrementAndGet();
            progress.problem("generated order " + number + " was refused: " + refusal.reason());
        }
    }
}
