package io.citygrid.load.testing;

import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.OrderStatus;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentStatus;
import io.citygrid.model.order.Receipt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Sells everything for 1.00 a unit, each order id once, and remembers what it was asked. */
public final class Books implements Function<OrderRequest, OrderOutcome> {
    private final Map<UUID, Receipt> receipts = new ConcurrentHashMap<>();
    private final List<OrderRequest> requests = new ArrayList<>();

    @Override
    public OrderOutcome apply(OrderRequest request) {
        synchronized (requests) {
            requests.add(request);
        }
        Receipt receipt = receipt(request);
        Receipt before = receipts.putIfAbsent(request.orderId(), receipt);
        return before == null ? new OrderOutcome.Completed(receipt) : new OrderOutcome.AlreadyCompleted(before);
    }

    /** In the order in which they came. */
    public List<OrderRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Orders sold. */
    public int size() {
        return receipts.size();
    }

    public static Receipt receipt(OrderRequest request) {
        BigDecimal total = BigDecimal.valueOf(
                request.basket().stream().mapToLong(line -> line.quantity()).sum());
        Order order = new Order(
                request.orderId(),
                request.customerId(),
                request.cityId(),
                total,
                OrderStatus.COMPLETED.name(),
                request.rungUpAt(),
                Versioned.FIRST,
                Moments.now());
        Payment payment = new Payment(
                request.orderId(),
                total,
                request.method().name(),
                PaymentStatus.values()[0].name(),
                total,
                BigDecimal.ZERO,
                request.rungUpAt(),
                Versioned.FIRST);
        OrderKey key = new OrderKey(request.cityId(), request.storeId(), 1);
        return new Receipt(key, order, payment, List.of(), Durability.WRITTEN_THROUGH);
    }
}
