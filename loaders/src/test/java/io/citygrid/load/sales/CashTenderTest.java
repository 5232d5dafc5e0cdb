package io.citygrid.load.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CashTenderTest {
    @ParameterizedTest
    @CsvSource({"139.12, 140.00", "140.00, 140.00", "140.01, 150.00", "0.42, 10.00"})
    void notesCoverTheTotal(BigDecimal total, BigDecimal tendered) {
        assertThat(CashTender.of(total)).isEqualTo(tendered);
    }
}
