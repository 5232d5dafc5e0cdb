package io.citygrid.order;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.outbox.OutboxKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.ignite.Ignite;

/** An order that was sold before; it does not change, so it is read without locks. */
final class StoredOrder {
    private final Ignite node;
    private final OrderKey key;

    StoredOrder(Ignite node, OrderKey key) {
        this.node = node;
        this.key = key;
    }

    /**
     * The receipt, if the order has the store, the customer and the basket that {@code request} asks for.
     *
     * @throws RolledBack if this node does not see all of the order's rows yet
     */
    Optional<Receipt> receiptIfSold(OrderRequest request, Basket basket) {
        Order order = BoundedReads.get(node, GridCaches.ORDERS, key);
        Payment payment = BoundedReads.get(
                node, GridCaches.PAYMENTS, new PaymentKey(key.cityId(), key.storeId(), key.orderNo(), 1));
        List<OrderItem> items = items();
        BigDecimal sum = items.stream()
                .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (order == null || payment == null || sum.compareTo(order.total()) != 0) {
            throw new RolledBack("order " + request.orderId() + " is not complete on this node yet");
        }
        Map<Integer, Integer> sold = new HashMap<>();
        items.forEach(item -> sold.put(item.productId(), item.quantity()));
        boolean same = key.storeId() == request.storeId()
                && Objects.equals(order.customerId(), request.customerId())
                && sold.equals(basket.quantities());
        return same ? Optional.of(new Receipt(key, order, payment, lines(items), durability(order))) : Optional.empty();
    }

    /** The outbox entry of a sale carries the order's id. */
    private Durability durability(Order order) {
        OutboxKey entry = new OutboxKey(key.cityFragment(), order.orderId());
        return BoundedReads.contains(node, GridCaches.OUTBOX, entry) ? Durability.QUEUED : Durability.WRITTEN_THROUGH;
    }

    private List<OrderItem> items() {
        TreeSet<OrderItemKey> keys = new TreeSet<>();
        for (int lineNo = 1; lineNo <= Basket.LINES_MAX; lineNo++) {
            keys.add(new OrderItemKey(key.cityId(), key.storeId(), key.orderNo(), lineNo));
        }
        Map<OrderItemKey, OrderItem> found = BoundedReads.getAll(node, GridCaches.ORDER_ITEMS, keys);
        return keys.stream().filter(found::containsKey).map(found::get).toList();
    }

    private List<Receipt.Line> lines(List<OrderItem> items) {
        TreeSet<Integer> ids = new TreeSet<>();
        items.forEach(item -> ids.add(item.productId()));
        Map<Integer, Product> products = BoundedReads.getAll(node, GridCaches.PRODUCTS, ids);
        List<Receipt.Line> lines = new ArrayList<>();
        for (OrderItem item : items) {
            Product product = products.get(item.productId());
            String name = product == null ? "product " + item.productId() : product.name();
            lines.add(new Receipt.Line(lines.size() + 1, item.productId(), name, item.quantity(), item.price()));
        }
        return lines;
    }
}
