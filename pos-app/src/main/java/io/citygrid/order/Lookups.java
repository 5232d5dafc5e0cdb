package io.citygrid.order;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.store.StoreKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a sale has to know before it locks anything. Every read is bounded. */
final class Lookups {
    private static final Logger log = LoggerFactory.getLogger(Lookups.class);

    private final Ignite node;

    Lookups(Ignite node) {
        this.node = node;
    }

    boolean storeExists(int cityId, int storeId) {
        return BoundedReads.contains(node, GridCaches.STORES, new StoreKey(cityId, storeId));
    }

    /** Whether the order id became an order. */
    boolean isMapped(OrderMappingKey key) {
        return BoundedReads.contains(node, GridCaches.ORDER_MAPPING, key);
    }

    /** The catalogue rows of those {@code ids} that it has. */
    Map<Integer, Product> products(Set<Integer> ids) {
        return BoundedReads.getAll(node, GridCaches.PRODUCTS, new TreeSet<>(ids));
    }

    /**
     * Whether any city has the customer. The store's own city is asked first, which most customers live in. If the others
     * cannot be asked, the customer is taken at their word: a sale needs nothing but its own city.
     */
    boolean customerExists(int cityId, int customerId) {
        if (customerId < 1) {
            return false;
        }
        if (BoundedReads.contains(node, GridCaches.CUSTOMERS, new CustomerKey(cityId, customerId))) {
            return true;
        }
        TreeSet<CustomerKey> elsewhere = new TreeSet<>();
        for (Cache.Entry<Integer, City> city : GridCaches.CITIES.on(node).localEntries(CachePeekMode.ALL)) {
            if (city.getKey() != cityId) {
                elsewhere.add(new CustomerKey(city.getKey(), customerId));
            }
        }
        try {
            return !elsewhere.isEmpty()
                    && !BoundedReads.getAll(node, GridCaches.CUSTOMERS, elsewhere)
                            .isEmpty();
        } catch (RolledBack outOfReach) {
            log.debug("customer {} could not be looked up in the other cities", customerId, outOfReach);
            return true;
        }
    }
}
