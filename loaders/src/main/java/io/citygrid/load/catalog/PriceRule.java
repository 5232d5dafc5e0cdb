package io.citygrid.load.catalog;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of the prices that the file names for a product becomes the catalogue's. */
final class PriceRule {
    /**
     * What a product costs for which the file names no price above 0. It is not 0, so that nothing is given away unnoticed.
     */
    static final BigDecimal UNPRICED = new BigDecimal("1.00");

    private PriceRule() {}

    /**
     * The price above 0 that the file names most often; of several named equally often, the one named last.
     *
     * @param pricesInFileOrder with two decimals each
     * @return empty if no price is above 0
     */
    static Optional<BigDecimal> priceOf(List<BigDecimal> pricesInFileOrder) {
        Map<BigDecimal, Integer> times = new HashMap<>();
        Map<BigDecimal, Integer> lastAt = new HashMap<>();
        for (int i = 0; i < pricesInFileOrder.size(); i++) {
            BigDecimal price = pricesInFileOrder.get(i);
            if (price.signum() > 0) {
                times.merge(price, 1, Integer::sum);
                lastAt.put(price, i);
            }
        }
        Comparator<BigDecimal> byTimesThenLast = Comparator.<BigDecimal>comparingInt(
                        price -> times.getOrDefault(price, 0))
                .thenComparingInt(price -> lastAt.getOrDefault(price, 0));
        return times.keySet().stream().max(byTimesThenLast);
    }
}
