package io.citygrid.order;

import io.citygrid.grid.GridCaches;
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

    /** The receipt, if the order has the customer and the basket that {@code request} asks for. */
    Optional<Receipt> receiptIfSold(OrderRequest request, Basket basket) {
        Order order = GridCaches.ORDERS.on(node).get(key);
        if (!Objects.equals(order.customerId(), request.customerId())) {
            return Optional.empty();
        }
        // One line more than the basket has: if it is there, the stored basket is a larger one.
        List<OrderItem> items = items(basket.quantities().size() + 1);
        Map<Integer, Integer> sold = new HashMap<>();
        items.forEach(item -> sold.put(item.productId(), item.quantity()));
        if (!sold.equals(basket.quantities())) {
            return Optional.empty();
        }
        Payment payment =
                GridCaches.PAYMENTS.on(node).get(new PaymentKey(key.cityId(), key.storeId(), key.orderNo(), 1));
        return Optional.of(new Receipt(key, order, payment, lines(items), Durability.WRITTEN_THROUGH));
    }

    private List<OrderItem> items(int linesMax) {
        TreeSet<OrderItemKey> keys = new TreeSet<>();
        for (int lineNo = 1; lineNo <= linesMax; lineNo++) {
            keys.add(new OrderItemKey(key.cityId(), key.storeId(), key.orderNo(), lineNo));
        }
        Map<OrderItemKey, OrderItem> found = GridCaches.ORDER_ITEMS.on(node).getAll(keys);
        return keys.stream().filter(found::containsKey).map(found::get).toList();
    }

    private List<Receipt.Line> lines(List<OrderItem> items) {
        TreeSet<Integer> ids = new TreeSet<>();
        items.forEach(item -> ids.add(item.productId()));
        Map<Integer, Product> products = GridCaches.PRODUCTS.on(node).getAll(ids);
        List<Receipt.Line> lines = new ArrayList<>();
        for (OrderItem item : items) {
            Product product = products.get(item.productId());
            String name = product == null ? "product " + item.productId() : product.name();
            lines.add(new Receipt.Line(lines.size() + 1, item.productId(), name, item.quantity(), item.price()));
        }
        return lines;
    }
}
