package io.citygrid.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class PopularityTest {
    private static final int PRODUCTS = 500;
    private static final int DRAWS = 200_000;

    private final Popularity popularity = new Popularity(PRODUCTS, Draws.of("ranks"));

    @Test
    void productsSellInProportionToOneOverTheirRank() {
        int[] sold = sold();

        double best = sold[popularity.productAt(1)];
        assertThat(best / sold[popularity.productAt(2)]).isCloseTo(2, within(0.15));
        assertThat(best / sold[popularity.productAt(10)]).isCloseTo(10, within(1.0));
        // The first of 500 by Zipf's law with exponent 1 sells 1 / (1 + 1/2 + … + 1/500) = 14.7 percent.
        assertThat(best / DRAWS).isCloseTo(0.147, within(0.005));
    }

    @Test
    void aFewProductsMakeMostOfTheSalesAndHardlyAnyIsNeverSold() {
        int[] sold = sold();
        Arrays.sort(sold);

        int topTenth = Arrays.stream(sold, PRODUCTS - PRODUCTS / 10, PRODUCTS).sum();
        assertThat((double) topTenth / DRAWS).isGreaterThan(0.6);
        assertThat(sold[0]).isPositive();
    }

    @Test
    void theRanksAreShuffledAndComeOutTheSameForTheSameSeed() {
        Popularity same = new Popularity(PRODUCTS, Draws.of("ranks"));
        Popularity other = new Popularity(PRODUCTS, Draws.of("other ranks"));

        assertThat(same.productAt(1)).isEqualTo(popularity.productAt(1));
        assertThat(new int[] {other.productAt(1), other.productAt(2), other.productAt(3)})
                .isNotEqualTo(new int[] {popularity.productAt(1), popularity.productAt(2), popularity.productAt(3)});
    }

    private int[] sold() {
        UniformRandomProvider random = Draws.of("shoppers");
        int[] sold = new int[PRODUCTS];
        for (int i = 0; i < DRAWS; i++) {
            sold[popularity.draw(random)]++;
        }
        return sold;
    }
}
