package io.citygrid.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.catalog.CatalogSummary;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.chain.Chain;
import io.citygrid.load.sales.OrderSender;
import io.citygrid.load.testing.Books;
import io.citygrid.load.testing.RecordedProgress;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OrderDriveTest {
    private static final GenerateOptions OPTIONS =
            new GenerateOptions(42, 50, 50, 400, LocalDate.of(2025, 1, 1), 30, 8);
    private static final CatalogSummary NO_CATALOG = new CatalogSummary(Map.of(), 0, 0, 0, 0, 0);

    private final Books books = new Books();
    private final RecordedProgress progress = new RecordedProgress();

    @Test
    void severalThreadsSellEveryOrderOnceAndASecondRunSellsNone() {
        GenerateSummary first = sell(books);
        GenerateSummary second = sell(books);

        assertThat(first.sold()).isEqualTo(400);
        assertThat(first.complete()).isTrue();
        assertThat(second.sold()).isZero();
        assertThat(second.soldBefore()).isEqualTo(400);
        assertThat(books.size()).isEqualTo(400);
        assertThat(books.requests()).allSatisfy(order -> assertThat(order.basket())
                .allSatisfy(line -> assertThat(line.productId()).isBetween(1, 50)));
    }

    @Test
    void aRefusedOrderDoesNotStopTheOthers() {
        GenerateSummary summary =
                sell(order -> order.storeId() == 3 ? new OrderOutcome.UnknownStore(3) : books.apply(order));

        assertThat(summary.refused()).isPositive();
        assertThat(summary.sold()).isEqualTo(400 - summary.refused());
        assertThat(summary.complete()).isFalse();
    }

    @Test
    void aGridThatStopsAnsweringEndsTheRun() {
        GenerateSummary summary = sell(order -> {
            throw new OutcomeUnknown("no node of the grid is connected", null);
        });

        assertThat(summary.unanswered()).isEqualTo(400);
        assertThat(progress.problems()).hasSizeBetween(OrderDrive.UNANSWERED_MAX, 1 + 2 * OPTIONS.threads());
    }

    private GenerateSummary sell(Function<OrderRequest, OrderOutcome> processOrder) {
        OrderPlan plan = new OrderPlan(OPTIONS, Chain.stores());
        GeneratedCatalog catalog =
                GeneratedCatalog.of(OPTIONS, plan, new KnownCatalog(Map.of(), Map.of(), Chain.stores()));
        return new OrderDrive(OPTIONS, plan, catalog, new OrderSender(processOrder), progress).sell(NO_CATALOG);
    }
}
