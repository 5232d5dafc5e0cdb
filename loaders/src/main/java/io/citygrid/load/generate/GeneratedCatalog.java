package io.citygrid.load.generate;

import io.citygrid.load.catalog.CatalogRows;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.catalog.OpeningStock;
import io.citygrid.load.catalog.People;
import io.citygrid.load.identity.IdSequence;
import io.citygrid.model.Moments;
import io.citygrid.model.customer.CustomerKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The invented products and customers with their ids in the grid: those of an earlier run keep theirs, the others follow after
 * all that the grid has.
 *
 * @param rows what to load, the stores' opening stock for the plan's orders included
 * @param productIds by product number
 * @param prices by product number
 * @param customerIds by customer number
 */
record GeneratedCatalog(
        CatalogRows rows, List<Integer> productIds, List<BigDecimal> prices, List<Integer> customerIds) {

    /** Invents the catalogue for a grid that holds {@code known}. */
    static GeneratedCatalog of(GenerateOptions options, OrderPlan plan, KnownCatalog known) {
        CatalogRows.Builder rows = new CatalogRows.Builder(Moments.now());
        List<Integer> productIds = new ArrayList<>();
        List<BigDecimal> prices = new ArrayList<>();
        IdSequence ids = new IdSequence(known.productIds());
        GeneratedProduct.Inventor inventor = new GeneratedProduct.Inventor(options.seed());
        for (int number = 0; number < options.products(); number++) {
            GeneratedProduct product = inventor.product(number);
            int id = ids.idOf(product.sku());
            rows.product(id, product.sku(), product.name(), product.category(), product.price());
            productIds.add(id);
            prices.add(product.price());
        }
        List<Integer> customerIds = addCustomers(rows, options, known);
        OpeningStock.Demand demand = demand(options, plan, productIds);
        return new GeneratedCatalog(
                rows.with(OpeningStock.deliveries(plan.identity(), known.stores(), rows.skus(), demand)),
                List.copyOf(productIds),
                List.copyOf(prices),
                customerIds);
    }

    private static List<Integer> addCustomers(CatalogRows.Builder rows, GenerateOptions options, KnownCatalog known) {
        List<Integer> customerIds = new ArrayList<>();
        IdSequence ids = new IdSequence(known.customerIds());
        People people = new People();
        for (int number = 0; number < options.customers(); number++) {
            String code = String.format(Locale.ROOT, "G%d-%06d", options.seed(), number + 1);
            int store =
                    Draws.of("city of customer:" + code).nextInt(known.stores().size());
            CustomerKey key = known.customers().get(code);
            if (key == null) {
                key = new CustomerKey(known.stores().get(store).cityId(), ids.idOf(code));
            }
            rows.customer(key, code, people.of(code));
            customerIds.add(key.customerId());
        }
        return List.copyOf(customerIds);
    }

    /** Counts what the plan's orders sell, by making each of them once. */
    private static OpeningStock.Demand demand(GenerateOptions options, OrderPlan plan, List<Integer> productIds) {
        Map<Integer, Map<Integer, Long>> sold = new HashMap<>();
        for (int number = 0; number < options.orders(); number++) {
            GeneratedOrder order = plan.order(number);
            Map<Integer, Long> inStore = sold.computeIfAbsent(order.store().id(), store -> new HashMap<>());
            order.basket().forEach((product, units) -> inStore.merge(productIds.get(product), (long) units, Long::sum));
        }
        return (storeId, productId) -> sold.getOrDefault(storeId, Map.of()).getOrDefault(productId, 0L);
    }
}
