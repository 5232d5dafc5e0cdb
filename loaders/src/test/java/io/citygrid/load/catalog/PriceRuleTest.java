package io.citygrid.load.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceRuleTest {
    @Test
    void theMostFrequentPriceWins() {
        assertThat(priceOf("2.95", "2.55", "2.55", "2.95", "2.55")).hasValue(new BigDecimal("2.55"));
    }

    @Test
    void ofPricesAsFrequentTheLatestWins() {
        assertThat(priceOf("18.00", "15.00")).hasValue(new BigDecimal("15.00"));
        assertThat(priceOf("1.00", "2.00", "2.00", "1.00")).hasValue(new BigDecimal("1.00"));
    }

    @Test
    void aPriceOfZeroIsNoPrice() {
        assertThat(priceOf("0.00", "0.00", "4.95")).hasValue(new BigDecimal("4.95"));
        assertThat(priceOf("0.00")).isEmpty();
    }

    private static Optional<BigDecimal> priceOf(String... prices) {
        List<BigDecimal> inFileOrder =
                Arrays.stream(prices).map(BigDecimal::new).toList();
        return PriceRule.priceOf(inFileOrder);
    }
}
