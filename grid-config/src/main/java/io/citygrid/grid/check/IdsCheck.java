package io.citygrid.grid.check;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.SoldOrder;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.store.StoreKey;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/** The ids that a fragment knows are those of receipts: an id too many would keep a register from selling its basket. */
final class IdsCheck {
    private final Ignite node;
    private final int fragment;
    private final Map<StoreKey, Long> lasts;
    private final Findings findings;

    /** @param lasts the receipts up to which the stores' books have been read; later ones are not looked at */
    IdsCheck(Ignite node, int fragment, Map<StoreKey, Long> lasts, Findings findings) {
        this.node = node;
        this.fragment = fragment;
        this.lasts = lasts;
        this.findings = findings;
    }

    /** @throws io.citygrid.grid.RolledBack if the grid could not be read in time */
    void check() {
        ScanQuery<OrderMappingKey, OrderMapping> all = new ScanQuery<>();
        all.setPartition(fragment);
        all.setLocal(true);
        Map<UUID, OrderKey> batch = new HashMap<>();
        try (QueryCursor<Cache.Entry<OrderMappingKey, OrderMapping>> mappings =
                GridCaches.ORDER_MAPPING.on(node).query(all)) {
            for (Cache.Entry<OrderMappingKey, OrderMapping> mapping : mappings) {
                int cityId = mapping.getKey().cityId();
                OrderMapping row = mapping.getValue();
                StoreKey store = new StoreKey(cityId, row.storeId());
                if (row.orderNo() <= lasts.getOrDefault(store, 0L)) {
                    batch.put(mapping.getKey().orderId(), new OrderKey(cityId, row.storeId(), row.orderNo()));
                }
                if (batch.size() == SoldOrder.READ_MAX) {
                    compare(batch);
                    batch.clear();
                }
            }
        }
        compare(batch);
    }

    private void compare(Map<UUID, OrderKey> batch) {
        Map<OrderKey, Order> orders = BoundedReads.getAll(node, GridCaches.ORDERS, new TreeSet<>(batch.values()));
        batch.forEach((id, key) -> {
            Order order = orders.get(key);
            if (order == null || !order.orderId().equals(id)) {
                findings.wrong(
                        Trouble.ORDER_IDS,
                        "store " + key.storeId() + ": the id " + id + " is kept for receipt " + key.orderNo()
                                + ", which " + (order == null ? "is not there" : "has another"));
            }
        });
    }
}
