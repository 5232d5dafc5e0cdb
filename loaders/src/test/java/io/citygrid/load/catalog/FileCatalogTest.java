package io.citygrid.load.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.testing.SalesFiles;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.stock.StockRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileCatalogTest {
    private static final InvoiceFile SAMPLE = SalesFiles.sample();

    @Test
    void productsAreNumberedInTheOrderOfTheFile() {
        CatalogRows rows = FileCatalog.of(SAMPLE, KnownCatalog.nothing()).rows();

        assertThat(rows.products().keySet())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 589).boxed().toList());
        assertThat(rows.products().get(1).sku()).isEqualTo("85123A");
        assertThat(rows.products().get(2).sku()).isEqualTo("71053");
        assertThat(rows.products().get(1).price()).isEqualByComparingTo("2.55");
        assertThat(rows.products().get(1).barcode()).isEqualTo("2000000000015");
    }

    @Test
    void theLastDescriptionThatIsNotBlankIsTheName() {
        Map<String, Product> bySku = bySku(FileCatalog.of(SAMPLE, KnownCatalog.nothing()));

        assertThat(bySku.get("22139").name()).isEqualTo("RETROSPOT TEA SET CERAMIC 11 PC");
        assertThat(bySku.get("22632").name()).isEqualTo("HAND WARMER RED RETROSPOT");
    }

    @Test
    void aProductWithoutNameOrPriceIsNamedByItsSkuAndCostsOne() {
        FileCatalog catalog =
                FileCatalog.of(SalesFiles.of("536365,GIFT9,,6,12/1/10 8:26,0,17850,UK"), KnownCatalog.nothing());

        assertThat(catalog.unpriced()).isEqualTo(1);
        assertThat(bySku(catalog).get("GIFT9").name()).isEqualTo("GIFT9");
        assertThat(bySku(catalog).get("GIFT9").price()).isEqualByComparingTo("1.00");
        assertThat(bySku(catalog).get("GIFT9").categoryId()).isEqualTo(ProductCategory.OTHER.id());
    }

    @Test
    void customersAreNumberedInTheOrderOfTheFileAndLiveWhereTheyFirstBought() {
        CatalogRows rows = FileCatalog.of(SAMPLE, KnownCatalog.nothing()).rows();

        assertThat(rows.customers()).hasSize(48);
        assertThat(rows.contacts().keySet()).isEqualTo(rows.customers().keySet());
        assertThat(rows.customers().get(new CustomerKey(1, 1)).code())
                .as("invoice 536365, store 5")
                .isEqualTo("17850");
        assertThat(rows.customers().get(new CustomerKey(2, 2)).code())
                .as("invoice 536367, store 7")
                .isEqualTo("13047");
    }

    @Test
    void whatTheGridKnowsKeepsItsIdAndItsCityAndTheRestFollows() {
        InvoiceFile file = SalesFiles.of(
                "536371,NEW,X,1,12/1/10 8:26,1,99999,UK",
                "536371,71053,X,1,12/1/10 8:26,1,99999,UK",
                "536372,71053,X,1,12/1/10 8:26,1,13047,UK");

        CatalogRows rows = FileCatalog.of(file, SalesFiles.loaded(SAMPLE)).rows();

        assertThat(rows.products()).containsOnlyKeys(2, 590);
        assertThat(rows.products().get(590).sku()).isEqualTo("NEW");
        assertThat(rows.customers()).containsOnlyKeys(new CustomerKey(2, 2), new CustomerKey(1, 49));
    }

    @Test
    void loadingAgainAsksForTheSameRowsAndTheSameDeliveries() {
        FileCatalog first = FileCatalog.of(SAMPLE, KnownCatalog.nothing());
        FileCatalog second = FileCatalog.of(SAMPLE, SalesFiles.loaded(SAMPLE));

        assertThat(second.rows().products()).allSatisfy((id, product) -> assertThat(
                        product.sameContentAs(first.rows().products().get(id)))
                .isTrue());
        assertThat(second.rows().customers()).allSatisfy((key, customer) -> assertThat(
                        customer.sameContentAs(first.rows().customers().get(key)))
                .isTrue());
        assertThat(movements(second)).isEqualTo(movements(first)).hasSize(5_890);
    }

    @Test
    void everyStoreReceivesMoreThanTheFileSellsThere() {
        Map<Integer, Integer> sold = new HashMap<>();
        FileCatalog catalog = FileCatalog.of(
                SalesFiles.of(
                        "536361,A,X,70,12/1/10 8:26,1,,UK",
                        "536371,A,X,5,12/1/10 8:27,1,,UK",
                        "536372,A,X,3,12/1/10 8:27,1,,UK",
                        "C536371,A,X,-7,12/1/10 8:27,1,,UK"),
                KnownCatalog.nothing());
        for (StockRequest delivery : catalog.rows().deliveries()) {
            delivery.lines().forEach(line -> sold.merge(delivery.storeId(), line.delta(), Integer::sum));
        }

        assertThat(sold).hasSize(10).containsEntry(1, 250).containsEntry(2, 106).containsEntry(3, 100);
    }

    @Test
    void aDeliveryFitsOneRequest() {
        List<StockRequest> deliveries =
                FileCatalog.of(SAMPLE, KnownCatalog.nothing()).rows().deliveries();

        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.lines()).hasSizeBetween(1, CatalogLoad.BATCH));
        assertThat(CatalogLoad.BATCH).isLessThanOrEqualTo(StockRequest.LINES_MAX);
    }

    private static Map<String, Product> bySku(FileCatalog catalog) {
        Map<String, Product> bySku = new HashMap<>();
        catalog.rows().products().values().forEach(product -> bySku.put(product.sku(), product));
        return bySku;
    }

    private static Map<UUID, Integer> movements(FileCatalog catalog) {
        Map<UUID, Integer> movements = new HashMap<>();
        catalog.rows().deliveries().forEach(delivery -> delivery.lines()
                .forEach(line -> movements.put(line.movementId(), line.delta())));
        return movements;
    }
}
