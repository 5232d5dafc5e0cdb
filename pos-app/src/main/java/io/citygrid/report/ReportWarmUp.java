package io.citygrid.report;

import io.citygrid.grid.client.OutcomeUnknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks each kind of report once when the application starts: the SQL engine plans what it has not seen before in tenths of seconds. */
@Component
final class ReportWarmUp {
    private static final Logger log = LoggerFactory.getLogger(ReportWarmUp.class);

    private final SalesReports sales;
    private final LowStock lowStock;

    ReportWarmUp(SalesReports sales, LowStock lowStock) {
        this.sales = sales;
        this.lowStock = lowStock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread thread = new Thread(this::run, "report-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (SalesBy by : SalesBy.values()) {
                sales.of(new SalesQuestion(by, null, null, null));
            }
            lowStock.find(null, 1, 1);
        } catch (OutcomeUnknown noGrid) {
            log.info("the first reports will be slow: {}", noGrid.getMessage());
        }
    }
}
