package io.citygrid.load.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTableTest {
    @Test
    void columnsStandUnderEachOtherAndWhatDidNotHappenIsLeftOut() {
        SummaryTable table = new SummaryTable("Sales")
                .row("invoices sold", "62 now")
                .row("revenue", "25762.19")
                .rowIfAny("refused", 0)
                .rowIfAny("bad lines", 3);

        assertThat(table.toString().lines())
                .containsExactly("Sales", "  invoices sold  62 now", "  revenue        25762.19", "  bad lines      3");
    }
}
