package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hang is a failure: registers send amounts, so the time limit is on a thread of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00",
        "-0.00, 0.00",
        "1, 1.00",
        "1.5, 1.50",
        "1.500000, 1.50",
        "1E+3, 1000.00",
        "12345E-2, 123.45",
        "0.01, 0.01",
        "9999999999.99, 9999999999.99"
    })
    void hasTwoDecimalsHoweverItIsWritten(String written, String amount) {
        assertThat(Money.of(written)).isEqualTo(new BigDecimal(amount));
    }

    @Test
    void equalAmountsAreEqualValues() {
        assertThat(Money.of("1.0")).isEqualTo(Money.of("1.00")).hasSameHashCodeAs(Money.of("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "-1", "-1E+1000000000", "-1E-1000000000"})
    void isNotNegative(String written) {
        assertThatThrownBy(() -> Money.of(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000000000", "9999999999.991", "1E+10", "1E+1000000000"})
    void fitsItsColumn(String written) {
        assertThatThrownBy(() -> Money.of(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 9999999999.99");
    }

    @Test
    void hasNotAMillionDigits() {
        BigDecimal one = new BigDecimal(BigInteger.TEN.pow(1_000_000), 1_000_000);
        assertThatThrownBy(() -> Money.of(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "1.999", "1E-3", "1E-1000000000"})
    void hasNoFractionOfAPaisa(String written) {
        assertThatThrownBy(() -> Money.of(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most two decimals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0E+1000000000", "0E-1000000000"})
    void nothingIsNothingWhateverItsExponent(String written) {
        assertThat(Money.of(written)).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "1,50", "NaN", "1 000"})
    void textThatIsNoDecimalIsRefused(String written) {
        assertThatThrownBy(() -> Money.of(written)).isInstanceOf(IllegalArgumentException.class);
    }
}
