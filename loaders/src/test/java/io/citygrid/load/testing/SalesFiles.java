package io.citygrid.load.testing;

import io.citygrid.load.catalog.FileCatalog;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.catalog.KnownCatalog.KnownProduct;
import io.citygrid.load.chain.Chain;
import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.model.customer.CustomerKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sales files, and the grid's catalogue after one was loaded. */
public final class SalesFiles {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    private SalesFiles() {}

    /** The sample that comes with the loaders. */
    public static InvoiceFile sample() {
        try {
            return InvoiceFile.sample();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A file of these lines, the first of which is line 2. */
    public static InvoiceFile of(String... lines) {
        try {
            return InvoiceFile.read(new StringReader(HEADER + "\r\n" + String.join("\r\n", List.of(lines)) + "\r\n"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What the grid knows once the catalogue of {@code file} is in it. */
    public static KnownCatalog loaded(InvoiceFile file) {
        FileCatalog catalog = FileCatalog.of(file, KnownCatalog.nothing());
        Map<String, KnownProduct> products = new HashMap<>();
        catalog.rows()
                .products()
                .forEach((id, product) -> products.put(product.sku(), new KnownProduct(id, product.price())));
        Map<String, CustomerKey> customers = new HashMap<>();
        catalog.rows().customers().forEach((key, customer) -> customers.put(customer.code(), key));
        return new KnownCatalog(products, customers, Chain.stores());
    }
}
