package io.citygrid.load.catalog;

import io.citygrid.load.chain.Chain;
import io.citygrid.load.identity.IdSequence;
import io.citygrid.load.invoice.Invoice;
import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.invoice.InvoiceLine;
import io.citygrid.model.Moments;
import io.citygrid.model.customer.CustomerKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalogue that a sales file implies. On an empty grid, products and customers are numbered from 1 up in the order in
 * which the file first names them; what the grid knows already keeps its id.
 *
 * @param rows what to load
 * @param unpriced products for which the file names no price above 0
 */
public record FileCatalog(CatalogRows rows, int unpriced) {
    /** The data set's name, in which every id that is made from its content starts. */
    public static final String ORIGIN = "online-retail";

    /** What the file says about one product, over all its lines. */
    private static final class Goods {
        String name = "";
        final List<BigDecimal> prices = new ArrayList<>();
    }

    /** Derives the catalogue of {@code file} for a grid that holds {@code known}. */
    public static FileCatalog of(InvoiceFile file, KnownCatalog known) {
        CatalogRows.Builder rows = new CatalogRows.Builder(Moments.now());
        Chain.cities().forEach(rows::city);
        Chain.stores().forEach(rows::store);
        for (ProductCategory category : ProductCategory.values()) {
            rows.category(category);
        }
        IdSequence productIds = new IdSequence(known.productIds());
        int unpriced = addProducts(rows, file, productIds);
        addCustomers(rows, file, known);
        OpeningStock.Demand demand = demand(file, productIds);
        return new FileCatalog(
                rows.with(OpeningStock.deliveries(ORIGIN, Chain.stores(), rows.skus(), demand)), unpriced);
    }

    private static int addProducts(CatalogRows.Builder rows, InvoiceFile file, IdSequence ids) {
        Map<String, Goods> goodsBySku = new LinkedHashMap<>();
        for (Invoice invoice : file.invoices()) {
            for (InvoiceLine line : invoice.lines()) {
                Goods goods = goodsBySku.computeIfAbsent(line.stockCode(), sku -> new Goods());
                goods.prices.add(line.unitPrice());
                if (!line.description().isEmpty()) {
                    goods.name = line.description();
                }
            }
        }
        int unpriced = 0;
        for (Map.Entry<String, Goods> entry : goodsBySku.entrySet()) {
            String sku = entry.getKey();
            Goods goods = entry.getValue();
            Optional<BigDecimal> price = PriceRule.priceOf(goods.prices);
            unpriced += price.isEmpty() ? 1 : 0;
            rows.product(
                    ids.idOf(sku),
                    sku,
                    goods.name.isEmpty() ? sku : goods.name,
                    ProductCategory.of(goods.name),
                    price.orElse(PriceRule.UNPRICED));
        }
        return unpriced;
    }

    /** A customer lives in the city of the store of their first invoice, and does not move when a later file says otherwise. */
    private static void addCustomers(CatalogRows.Builder rows, InvoiceFile file, KnownCatalog known) {
        IdSequence ids = new IdSequence(known.customerIds());
        People people = new People();
        Map<String, CustomerKey> keys = new HashMap<>(known.customers());
        for (Invoice invoice : file.invoices()) {
            String code = invoice.customerCode();
            if (code != null) {
                int cityId = Chain.storeOf(invoice.number()).cityId();
                CustomerKey key = keys.computeIfAbsent(code, added -> new CustomerKey(cityId, ids.idOf(code)));
                rows.customer(key, code, people.of(code));
            }
        }
    }

    private static OpeningStock.Demand demand(InvoiceFile file, IdSequence productIds) {
        Map<Integer, Map<Integer, Long>> sold = new HashMap<>();
        for (Invoice invoice : file.invoices()) {
            Map<Integer, Long> inStore =
                    sold.computeIfAbsent(Chain.storeOf(invoice.number()).id(), store -> new HashMap<>());
            for (InvoiceLine line : invoice.saleLines()) {
                inStore.merge(productIds.idOf(line.stockCode()), (long) line.quantity(), Long::sum);
            }
        }
        return (storeId, productId) -> sold.getOrDefault(storeId, Map.of()).getOrDefault(productId, 0L);
    }
}
