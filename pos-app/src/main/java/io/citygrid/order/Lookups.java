package io.citygrid.order;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.lang.IgniteFutureTimeoutException;

/** What a sale has to know before it locks anything. Every read is bounded. */
final class Lookups {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final Ignite node;

    Lookups(Ignite node) {
        this.node = node;
    }

    boolean storeExists(int cityId, int storeId) {
        return await(GridCaches.STORES.on(node).containsKeyAsync(new StoreKey(cityId, storeId)));
    }

    /** Whether the order id became an order. */
    boolean isMapped(OrderMappingKey key) {
        return await(GridCaches.ORDER_MAPPING.on(node).containsKeyAsync(key));
    }

    /** The catalogue rows of those {@code ids} that it has. */
    Map<Integer, Product> products(Set<Integer> ids) {
        return await(GridCaches.PRODUCTS.on(node).getAllAsync(new TreeSet<>(ids)));
    }

    /** Whether any city has the customer. The store's own city is asked first, which most customers live in. */
    boolean customerExists(int cityId, int customerId) {
        if (customerId < 1) {
            return false;
        }
        if (await(GridCaches.CUSTOMERS.on(node).containsKeyAsync(new CustomerKey(cityId, customerId)))) {
            return true;
        }
        TreeSet<CustomerKey> elsewhere = new TreeSet<>();
        for (Cache.Entry<Integer, City> city : GridCaches.CITIES.on(node).localEntries(CachePeekMode.ALL)) {
            if (city.getKey() != cityId) {
                elsewhere.add(new CustomerKey(city.getKey(), customerId));
            }
        }
        return !elsewhere.isEmpty()
                && !await(GridCaches.CUSTOMERS.on(node).getAllAsync(elsewhere)).isEmpty();
    }

    private static <T> T await(IgniteFuture<T> read) {
        try {
            return read.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IgniteFutureTimeoutException late) {
            throw new RolledBack("a look-up before the sale took longer than " + WITHIN.toSeconds() + " s", late);
        }
    }
}
