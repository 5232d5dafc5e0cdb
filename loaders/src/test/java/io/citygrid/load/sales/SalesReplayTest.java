package io.citygrid.load.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.testing.Books;
import io.citygrid.load.testing.RecordedProgress;
import io.citygrid.load.testing.SalesFiles;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SalesReplayTest {
    private static final InvoiceFile SAMPLE = SalesFiles.sample();

    private final Books books = new Books();
    private final RecordedProgress progress = new RecordedProgress();

    @Test
    void theSampleIsSoldOnceHoweverOftenItIsReplayed() {
        SalesSummary first = replay(SAMPLE, books);
        SalesSummary second = replay(SAMPLE, books);

        assertThat(first.sold()).isEqualTo(62);
        assertThat(first.cancelledInvoices()).isEqualTo(4);
        assertThat(first.cancelledLines()).isEqualTo(10);
        assertThat(first.complete()).isTrue();
        assertThat(second.sold()).isZero();
        assertThat(second.soldBefore()).isEqualTo(62);
        assertThat(second.revenue()).isEqualTo(first.revenue());
        assertThat(second.complete()).isTrue();
        assertThat(progress.problems()).isEmpty();
    }

    @Test
    void anInvoiceBecomesAnOrderOfItsStoreTimeCustomerAndLines() {
        replay(SAMPLE, books);

        OrderRequest order = books.requests().get(0);
        assertThat(order.orderId())
                .isEqualTo(UUID.nameUUIDFromBytes("online-retail:536365".getBytes(StandardCharsets.UTF_8)));
        assertThat(order.storeId()).isEqualTo(5);
        assertThat(order.cityId()).isEqualTo(1);
        assertThat(order.customerId()).isEqualTo(1);
        assertThat(order.rungUpAt()).isEqualTo(Instant.parse("2010-12-01T03:26:00Z"));
        assertThat(order.basket())
                .extracting(line -> line.productId() + "x" + line.quantity())
                .containsExactly("1x6", "2x6", "3x8", "4x6", "5x6", "6x2", "7x6");
    }

    @Test
    void everyThirdNumberIsPaidInCashWithNotesThatCoverIt() {
        replay(SAMPLE, books);

        assertThat(books.requests()).anySatisfy(order -> {
            assertThat(order.method()).isEqualTo(PaymentMethod.CASH);
            assertThat(order.tendered().remainder(BigDecimal.TEN)).isEqualByComparingTo("0");
        });
        assertThat(books.requests())
                .filteredOn(order -> order.method() == PaymentMethod.CARD)
                .hasSize(40)
                .allSatisfy(order -> assertThat(order.tendered()).isNull());
    }

    @Test
    void anUnknownCustomerOrProductIsReportedAndTheRestIsSold() {
        InvoiceFile known = SalesFiles.of("536365,A,X,1,12/1/10 8:26,1,,UK");
        InvoiceFile file = SalesFiles.of(
                "536365,B,X,1,12/1/10 8:26,1,,UK",
                "536366,A,X,1,12/1/10 8:26,1,17850,UK",
                "536367,A,X,1,12/1/10 8:26,1,,UK");

        SalesSummary summary = new SalesReplay(new OrderSender(books), SalesFiles.loaded(known), progress).replay(file);

        assertThat(summary.refused()).isEqualTo(2);
        assertThat(summary.sold()).isEqualTo(1);
        assertThat(summary.complete()).isFalse();
        assertThat(progress.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("536365", "no product with the SKU B"),
                        problem -> assertThat(problem).contains("536366", "no customer with the code 17850"));
    }

    @Test
    void aRefusedInvoiceIsReportedWithItsNumberAndTheRestIsSold() {
        SalesSummary summary = replay(
                SAMPLE,
                order ->
                        order.basket().size() == 1 ? new OrderOutcome.InvalidBasket("Too small.") : books.apply(order));

        assertThat(summary.refused()).isPositive();
        assertThat(summary.sold()).isEqualTo(62 - summary.refused());
        assertThat(progress.problems()).hasSize(summary.refused()).allSatisfy(problem -> assertThat(problem)
                .matches("invoice \\d+ was refused: Too small\\."));
    }

    @Test
    void aGridThatStopsAnsweringEndsTheReplay() {
        SalesSummary summary = replay(SAMPLE, order -> {
            throw new OutcomeUnknown("no node of the grid is connected", null);
        });

        assertThat(summary.unanswered()).isEqualTo(62);
        assertThat(summary.complete()).isFalse();
        assertThat(progress.problems()).hasSize(SalesReplay.UNANSWERED_MAX + 1);
    }

    @Test
    void pricesThatDifferFromTheCatalogueAndLinesThatSellNothingAreCounted() {
        InvoiceFile file = SalesFiles.of(
                "536365,A,X,1,12/1/10 8:26,2.00,,UK",
                "536365,A,X,1,12/1/10 8:26,2.00,,UK",
                "536365,A,X,1,12/1/10 8:26,3.00,,UK",
                "536365,A,X,-1,12/1/10 8:26,2.00,,UK",
                "536366,A,X,-1,12/1/10 8:26,2.00,,UK");

        SalesSummary summary = replay(file, books);

        assertThat(summary.priceDifferences()).isEqualTo(1);
        assertThat(summary.returnedLines()).isEqualTo(2);
        assertThat(summary.sold()).isEqualTo(1);
    }

    private SalesSummary replay(InvoiceFile file, Function<OrderRequest, OrderOutcome> processOrder) {
        KnownCatalog catalog = SalesFiles.loaded(file);
        return new SalesReplay(new OrderSender(processOrder), catalog, progress).replay(file);
    }
}
