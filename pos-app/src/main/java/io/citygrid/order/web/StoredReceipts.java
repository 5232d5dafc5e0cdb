package io.citygrid.order.web;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.CityFragment;
import io.citygrid.model.Money;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.outbox.OutboxKey;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Receipts of earlier sales, put together again from the rows of the order. */
@Component
final class StoredReceipts {
    private static final int FIRST_PAYMENT = 1;
    private static final int LOOKS_MAX = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final GridClient grid;

    StoredReceipts(GridClient grid) {
        this.grid = grid;
    }

    /**
     * The receipt of {@code orderId}, from whichever city has it.
     *
     * @throws OutcomeUnknown if the grid does not answer
     */
    Optional<Receipt> find(UUID orderId) {
        List<List<?>> mapped = grid.query(
                "SELECT city_fragment, store_id, order_no FROM order_mapping WHERE order_id = ? "
                        + "ORDER BY ordered_at LIMIT 1",
                orderId);
        if (mapped.isEmpty()) {
            return Optional.empty();
        }
        List<?> row = mapped.get(0);
        OrderKey key = new OrderKey(CityFragment.cityOf((Integer) row.get(0)), (Integer) row.get(1), (Long) row.get(2));
        for (int look = 0; look < LOOKS_MAX; look++) {
            Optional<Receipt> receipt = complete(key);
            if (receipt.isPresent()) {
                return receipt;
            }
            pause();
        }
        throw new Problem(ProblemType.TRY_AGAIN, "The sale is being written just now. Look again shortly.");
    }

    /** The receipt, unless some of its rows are not there yet: readers do not wait for the transaction that writes them. */
    private Optional<Receipt> complete(OrderKey key) {
        Order order = grid.get(GridCaches.ORDERS, key);
        Payment payment = grid.get(
                GridCaches.PAYMENTS, new PaymentKey(key.cityId(), key.storeId(), key.orderNo(), FIRST_PAYMENT));
        if (order == null || payment == null) {
            return Optional.empty();
        }
        Receipt receipt = new Receipt(key, order, payment, lines(key), durability(key, order));
        BigDecimal lines = receipt.lines().stream().map(Receipt.Line::lineTotal).reduce(Money.ZERO, BigDecimal::add);
        return lines.equals(order.total()) ? Optional.of(receipt) : Optional.empty();
    }

    /** The outbox entry of a sale carries the order's id. */
    private Durability durability(OrderKey key, Order order) {
        return grid.get(GridCaches.OUTBOX, new OutboxKey(key.cityFragment(), order.orderId())) == null
                ? Durability.WRITTEN_THROUGH
                : Durability.QUEUED;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted while reading a receipt", stopping);
        }
    }

    private List<Receipt.Line> lines(OrderKey key) {
        List<List<?>> items = grid.query(
                "SELECT line_no, product_id, quantity, price FROM order_items "
                        + "WHERE city_fragment = ? AND store_id = ? AND order_no = ? ORDER BY line_no",
                key.cityFragment(),
                key.storeId(),
                key.orderNo());
        TreeSet<Integer> productIds = new TreeSet<>();
        items.forEach(item -> productIds.add((Integer) item.get(1)));
        Map<Integer, Product> products = grid.getAll(GridCaches.PRODUCTS, productIds);
        return items.stream().map(item -> line(item, products)).toList();
    }

    private static Receipt.Line line(List<?> item, Map<Integer, Product> products) {
        int productId = (Integer) item.get(1);
        Product product = products.get(productId);
        return new Receipt.Line(
                (Integer) item.get(0),
                productId,
                product == null ? "product " + productId : product.name(),
                (Integer) item.get(2),
                (BigDecimal) item.get(3));
    }
}
