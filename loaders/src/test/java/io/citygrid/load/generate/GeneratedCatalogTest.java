package io.citygrid.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.catalog.KnownCatalog.KnownProduct;
import io.citygrid.load.catalog.ProductCategory;
import io.citygrid.load.chain.Chain;
import io.citygrid.load.testing.SalesFiles;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.CustomerKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedCatalogTest {
    private static final GenerateOptions OPTIONS =
            new GenerateOptions(42, 60, 80, 200, LocalDate.of(2025, 1, 1), 30, 4);

    private final KnownCatalog sample = SalesFiles.loaded(SalesFiles.sample());
    private final OrderPlan plan = new OrderPlan(OPTIONS, Chain.stores());

    @Test
    void idsFollowAfterWhatTheGridHas() {
        GeneratedCatalog catalog = GeneratedCatalog.of(OPTIONS, plan, sample);

        assertThat(catalog.productIds())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(590, 649).boxed().toList());
        assertThat(catalog.customerIds())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(49, 128).boxed().toList());
    }

    @Test
    void aSecondRunFindsItsOwnIdsEvenIfOthersCameAfterAndCustomersMoved() {
        GeneratedCatalog first = GeneratedCatalog.of(OPTIONS, plan, sample);
        Map<String, KnownProduct> products = new HashMap<>(sample.products());
        first.rows().products().forEach((id, row) -> products.put(row.sku(), new KnownProduct(id, row.price())));
        products.put("LATER", new KnownProduct(5_000, row(first).price()));
        Map<String, CustomerKey> customers = new HashMap<>(sample.customers());
        first.rows().customers().forEach((key, row) -> customers.put(row.code(), key));

        CustomerKey here = customers.get("G42-000001");
        CustomerKey moved = new CustomerKey(here.cityId() == 1 ? 2 : 1, here.customerId());
        customers.put("G42-000001", moved);

        GeneratedCatalog second =
                GeneratedCatalog.of(OPTIONS, plan, new KnownCatalog(products, customers, Chain.stores()));

        assertThat(second.productIds()).isEqualTo(first.productIds());
        assertThat(second.customerIds()).isEqualTo(first.customerIds());
        assertThat(second.rows().products()).allSatisfy((id, product) -> assertThat(
                        product.sameContentAs(first.rows().products().get(id)))
                .isTrue());
        assertThat(second.rows().customers())
                .as("who moved is not invented again")
                .containsKey(moved)
                .doesNotContainKey(here);
    }

    @Test
    void everyStoreReceivesWhatThePlanSellsThere() {
        GeneratedCatalog catalog = GeneratedCatalog.of(OPTIONS, plan, sample);
        Map<String, Integer> left = new HashMap<>();
        catalog.rows().deliveries().forEach(delivery -> delivery.lines()
                .forEach(line -> left.merge(delivery.storeId() + "/" + line.productId(), line.delta(), Integer::sum)));

        for (int number = 0; number < OPTIONS.orders(); number++) {
            GeneratedOrder order = plan.order(number);
            order.basket()
                    .forEach((product, units) -> left.merge(
                            order.store().id() + "/" + catalog.productIds().get(product), -units, Integer::sum));
        }

        assertThat(left.values()).allSatisfy(units -> assertThat(units).isGreaterThanOrEqualTo(100));
    }

    @Test
    void productsCostSomethingAndAreNamedAfterTheirCategory() {
        GeneratedProduct.Inventor inventor = new GeneratedProduct.Inventor(42);

        assertThat(IntStream.range(0, 300).mapToObj(inventor::product)).allSatisfy(product -> {
            assertThat(product.price()).isPositive().isLessThan(new BigDecimal("260"));
            assertThat(product.price().scale()).isEqualTo(2);
            assertThat(product.name()).hasSizeLessThan(150);
            assertThat(product.sku()).matches("G42-\\d{5}");
        });
        assertThat(new GeneratedProduct.Inventor(42).product(17)).isEqualTo(inventor.product(17));
    }

    @Test
    void theGoodsAreWhatTheCategoryRuleSaysTheyAre() {
        for (Assortment assortment : Assortment.ALL) {
            assertThat(assortment.goods())
                    .allSatisfy(goods ->
                            assertThat(ProductCategory.of(goods)).as(goods).isEqualTo(assortment.category()));
        }
    }

    private static Product row(GeneratedCatalog catalog) {
        return catalog.rows().products().get(590);
    }
}
