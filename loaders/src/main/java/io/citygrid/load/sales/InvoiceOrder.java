package io.citygrid.load.sales;

import io.citygrid.load.catalog.FileCatalog;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.catalog.KnownCatalog.KnownProduct;
import io.citygrid.load.chain.Chain;
import io.citygrid.load.chain.ChainStore;
import io.citygrid.load.identity.StableId;
import io.citygrid.load.invoice.Invoice;
import io.citygrid.load.invoice.InvoiceLine;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sale invoice of the file as an order.
 *
 * @param priceDifferences lines whose price in the file is not the catalogue's, which is the one that is charged
 */
record InvoiceOrder(OrderRequest request, int priceDifferences) {
    /**
     * Turns an invoice into an order, whose id is made of the invoice's number. Every third number is paid in cash, the others
     * by card: the file does not say.
     *
     * @throws UnknownCode if the grid does not have a product or the customer
     */
    static InvoiceOrder of(Invoice invoice, KnownCatalog catalog) throws UnknownCode {
        List<BasketLine> basket = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        int priceDifferences = 0;
        for (InvoiceLine line : invoice.saleLines()) {
            KnownProduct product = catalog.products().get(line.stockCode());
            if (product == null) {
                throw new UnknownCode("the catalogue has no product with the SKU " + line.stockCode());
            }
            basket.add(new BasketLine(product.id(), line.quantity()));
            total = total.add(product.price().multiply(BigDecimal.valueOf(line.quantity())));
            priceDifferences += product.price().compareTo(line.unitPrice()) == 0 ? 0 : 1;
        }
        ChainStore store = Chain.storeOf(invoice.number());
        boolean cash = Integer.parseInt(invoice.number()) % 3 == 0;
        OrderRequest request = new OrderRequest(
                StableId.of(FileCatalog.ORIGIN + ":" + invoice.number()),
                store.cityId(),
                store.id(),
                customerId(invoice, catalog),
                basket,
                cash ? PaymentMethod.CASH : PaymentMethod.CARD,
                cash ? CashTender.of(total) : null,
                invoice.issuedAt());
        return new InvoiceOrder(request, priceDifferences);
    }

    private static @Nullable Integer customerId(Invoice invoice, KnownCatalog catalog) throws UnknownCode {
        String code = invoice.customerCode();
        if (code == null) {
            return null;
        }
        CustomerKey customer = catalog.customers().get(code);
        if (customer == null) {
            throw new UnknownCode("there is no customer with the code " + code);
        }
        return customer.customerId();
    }

    /** The file names something that the grid's catalogue does not have. */
    static final class UnknownCode extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownCode(String message) {
            super(message);
        }
    }
}
