package io.citygrid.order.web;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.CityFragment;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.order.Receipt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Receipts of earlier sales, put together again from the rows of the order. */
@Component
final class StoredReceipts {
    private static final int FIRST_PAYMENT = 1;

    private final GridClient grid;

    StoredReceipts(GridClient grid) {
        this.grid = grid;
    }

    /**
     * The receipt of {@code orderId}, from whichever city has it.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
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
        int cityId = CityFragment.cityOf((Integer) row.get(0));
        OrderKey key = new OrderKey(cityId, (Integer) row.get(1), (Long) row.get(2));
        Order order = grid.get(GridCaches.ORDERS, key);
        Payment payment =
                grid.get(GridCaches.PAYMENTS, new PaymentKey(cityId, key.storeId(), key.orderNo(), FIRST_PAYMENT));
        if (order == null || payment == null) {
            throw new IllegalStateException("order " + orderId + " is mapped to " + key + ", which is not complete");
        }
        return Optional.of(new Receipt(key, order, payment, lines(key), Durability.WRITTEN_THROUGH));
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
