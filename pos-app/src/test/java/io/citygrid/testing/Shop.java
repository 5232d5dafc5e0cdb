package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockReason;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain of two cities for tests: opens stores, fills shelves and sells, in a test's own words. */
public final class Shop {
    public static final int KARACHI = 1;
    public static final int LAHORE = 2;

    private final GridClient client;
    private final AtomicInteger stores = new AtomicInteger();
    private final AtomicInteger products = new AtomicInteger();
    private final AtomicInteger customers = new AtomicInteger();

    private Shop(GridClient client) {
        this.client = client;
    }

    /** A chain whose cities and one category are in the grid. */
    public static Shop open(GridClient client) {
        Instant now = Moments.now();
        client.merge(
                GridCaches.CITIES,
                Map.of(
                        KARACHI, new City("Karachi", Versioned.FIRST, now, now),
                        LAHORE, new City("Lahore", Versioned.FIRST, now, now)));
        client.merge(GridCaches.CATEGORIES, Map.of(1, new Category("Tea", Versioned.FIRST, now, now)));
        return new Shop(client);
    }

    /** A new store of {@code cityId}. */
    public StoreKey store(int cityId) {
        StoreKey key = new StoreKey(cityId, stores.incrementAndGet());
        Instant now = Moments.now();
        String code = (cityId == KARACHI ? "KHI" : "LHR") + "%03d".formatted(key.storeId());
        client.merge(
                GridCaches.STORES, Map.of(key, new Store(code, "Store " + code, cityId, Versioned.FIRST, now, now)));
        return key;
    }

    /** A new product at {@code price}. */
    public int product(String price) {
        int id = products.incrementAndGet();
        reprice(id, price);
        return id;
    }

    /** Gives a product a price in the catalogue. */
    public void reprice(int id, String price) {
        Instant now = Moments.now();
        client.merge(
                GridCaches.PRODUCTS,
                Map.of(
                        id,
                        new Product(
                                "SKU" + id,
                                null,
                                "Tea no. " + id,
                                1,
                                new BigDecimal(price),
                                Versioned.FIRST,
                                now,
                                now)));
    }

    /** A new customer of {@code cityId}. */
    public CustomerKey customer(int cityId, String name, String phone) {
        CustomerKey key = new CustomerKey(cityId, customers.incrementAndGet());
        Instant now = Moments.now();
        client.merge(
                GridCaches.CUSTOMERS,
                Map.of(key, new Customer("C" + key.customerId(), name, cityId, Versioned.FIRST, now, now)));
        client.merge(
                GridCaches.CUSTOMER_CONTACTS, Map.of(key, new CustomerContact(phone, null, Versioned.FIRST, now, now)));
        return key;
    }

    /** Puts {@code quantity} of a product on the store's shelf. */
    public void stock(StoreKey store, int productId, int quantity) {
        StockOutcome outcome = client.moveStock(new StockRequest(
                store.cityId(),
                store.storeId(),
                StockReason.RECEIVED,
                List.of(new StockRequest.Line(UUID.randomUUID(), productId, quantity))));
        assertThat(outcome).isInstanceOf(StockOutcome.Moved.class);
    }

    public int onHand(StoreKey store, int productId) {
        Inventory row = client.get(GridCaches.INVENTORY, new InventoryKey(store.cityId(), store.storeId(), productId));
        return row == null ? 0 : row.quantity();
    }

    /** A request for a basket, paid exactly in cash by nobody in particular, with a new order id. */
    public static OrderRequest basket(StoreKey store, BasketLine... lines) {
        return order(UUID.randomUUID(), store, null, lines);
    }

    public static OrderRequest order(UUID orderId, StoreKey store, Integer customerId, BasketLine... lines) {
        return new OrderRequest(
                orderId, store.cityId(), store.storeId(), customerId, List.of(lines), PaymentMethod.CASH, null, null);
    }

    public static BasketLine line(int productId, int quantity) {
        return new BasketLine(productId, quantity);
    }

    public OrderOutcome sell(OrderRequest request) {
        return client.processOrder(request);
    }

    /** Sells, and fails the test if that is refused. */
    public Receipt sold(OrderRequest request) {
        OrderOutcome outcome = sell(request);
        if (outcome instanceof OrderOutcome.AlreadyCompleted earlier) {
            // The first answer was late, and the client asked again.
            return earlier.receipt();
        }
        assertThat(outcome).as(() -> "because " + reason(outcome)).isInstanceOf(OrderOutcome.Completed.class);
        return ((OrderOutcome.Completed) outcome).receipt();
    }

    private static String reason(OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.NotStored refused) {
            return refused.database() + ": " + refused.reason();
        }
        if (outcome instanceof OrderOutcome.StoreNotOpen store) {
            return store.reason();
        }
        return outcome instanceof OrderOutcome.RolledBack rolledBack ? rolledBack.reason() : "of the basket";
    }
}
