package io.citygrid.order;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.OrderStatus;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.order.PaymentStatus;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A checked and priced basket of one store, ready to be written. Two are never equal: each is somebody's. */
final class Sale {
    private final OrderRequest request;
    private final Basket basket;
    private final Map<Integer, Product> products;
    private final Bill bill;

    Sale(OrderRequest request, Basket basket, Map<Integer, Product> products, Bill bill) {
        this.request = request;
        this.basket = basket;
        this.products = products;
        this.bill = bill;
    }

    OrderRequest request() {
        return request;
    }

    Basket basket() {
        return basket;
    }

    Map<Integer, Product> products() {
        return products;
    }

    StoreKey store() {
        return new StoreKey(request.cityId(), request.storeId());
    }

    OrderMappingKey mappingKey() {
        return new OrderMappingKey(request.cityId(), request.storeId(), request.orderId());
    }

    InventoryKey inventoryKey(int productId) {
        return new InventoryKey(request.cityId(), request.storeId(), productId);
    }

    /** The stock that the sale takes from, in locking order. */
    SortedSet<InventoryKey> inventoryKeys() {
        SortedSet<InventoryKey> keys = new TreeSet<>();
        basket.quantities().keySet().forEach(productId -> keys.add(inventoryKey(productId)));
        return keys;
    }

    /**
     * Writes the order under the next receipt number.
     *
     * @param stock locked, and enough; is changed to what is left
     * @param counters locked; the store's, which is missing before its first order, is changed to what it is then
     * @param now the same for all sales of a transaction, which PhantomOrders knows them by
     */
    Receipt write(
            GridTransaction transaction,
            Map<InventoryKey, Inventory> stock,
            Map<StoreKey, StoreCounter> counters,
            Instant now) {
        Instant orderedAt = request.rungUpAt() == null ? now : request.rungUpAt();
        takeStock(transaction, stock, now);
        OrderKey key = nextReceipt(transaction, counters, now);
        Order order = new Order(
                request.orderId(),
                request.customerId(),
                request.cityId(),
                bill.total(),
                OrderStatus.COMPLETED.name(),
                orderedAt,
                Versioned.FIRST,
                now);
        Payment payment = new Payment(
                request.orderId(),
                bill.total(),
                request.method().name(),
                PaymentStatus.PAID.name(),
                bill.tendered(),
                bill.changeDue(),
                orderedAt,
                Versioned.FIRST);
        TreeMap<OrderItemKey, OrderItem> items = new TreeMap<>();
        List<Receipt.Line> lines = new ArrayList<>();
        basket.quantities().forEach((productId, quantity) -> {
            Product product = Objects.requireNonNull(products.get(productId));
            int lineNo = items.size() + 1;
            items.put(
                    new OrderItemKey(request.cityId(), request.storeId(), key.orderNo(), lineNo),
                    new OrderItem(
                            productId,
                            quantity,
                            product.price(),
                            request.cityId(),
                            product.categoryId(),
                            orderedAt,
                            Versioned.FIRST));
            lines.add(new Receipt.Line(lineNo, productId, product.name(), quantity, product.price()));
        });
        transaction.put(GridCaches.ORDERS, key, order);
        transaction.putAll(GridCaches.ORDER_ITEMS, items);
        transaction.put(
                GridCaches.PAYMENTS, new PaymentKey(request.cityId(), request.storeId(), key.orderNo(), 1), payment);
        transaction.put(
                GridCaches.ORDER_MAPPING,
                mappingKey(),
                new OrderMapping(request.storeId(), key.orderNo(), request.customerId(), orderedAt, Versioned.FIRST));
        return new Receipt(key, order, payment, lines, Durability.WRITTEN_THROUGH);
    }

    private void takeStock(GridTransaction transaction, Map<InventoryKey, Inventory> stock, Instant now) {
        TreeMap<InventoryKey, Inventory> taken = new TreeMap<>();
        basket.quantities().forEach((productId, quantity) -> {
            InventoryKey key = inventoryKey(productId);
            Inventory row = Objects.requireNonNull(stock.get(key));
            taken.put(key, new Inventory(row.quantity() - quantity, row.version() + 1, now));
        });
        stock.putAll(taken);
        transaction.putAll(GridCaches.INVENTORY, taken);
    }

    private OrderKey nextReceipt(GridTransaction transaction, Map<StoreKey, StoreCounter> counters, Instant now) {
        @Nullable StoreCounter counter = counters.get(store());
        StoreCounter next = counter == null
                ? new StoreCounter(1, Versioned.FIRST, now)
                : new StoreCounter(counter.lastOrderNo() + 1, counter.version() + 1, now);
        counters.put(store(), next);
        transaction.put(GridCaches.STORE_COUNTERS, store(), next);
        return new OrderKey(request.cityId(), request.storeId(), next.lastOrderNo());
    }
}
