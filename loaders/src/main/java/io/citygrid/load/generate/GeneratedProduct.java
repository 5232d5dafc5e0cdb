package io.citygrid.load.generate;

import io.citygrid.load.catalog.ProductCategory;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.LogNormalSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * An invented product.
 *
 * @param sku made of the seed and the product's number, such as G42-00017
 */
record GeneratedProduct(String sku, String name, ProductCategory category, BigDecimal price) {
    /** Half of the products cost less than this, as in the sample. */
    private static final double MEDIAN_PRICE = 2.95;

    private static final double PRICE_SPREAD = 0.9;
    private static final double PRICE_MIN = 0.25;
    private static final double PRICE_MAX = 250;

    /** Invents the products of one seed. Not for use by several threads at once. */
    static final class Inventor {
        private final int seed;
        private final Random random = new Random();
        private final Faker faker = new Faker(Locale.ENGLISH, random);

        Inventor(int seed) {
            this.seed = seed;
        }

        /** The product with this number, from 0. */
        GeneratedProduct product(int number) {
            String sku = String.format(Locale.ROOT, "G%d-%05d", seed, number + 1);
            UniformRandomProvider draws = Draws.of("product:" + sku);
            random.setSeed(draws.nextLong());
            Assortment assortment = Assortment.ALL.get(draws.nextInt(Assortment.ALL.size()));
            String goods =
                    assortment.goods().get(draws.nextInt(assortment.goods().size()));
            String name =
                    capitalised(faker.color().name()) + " " + faker.commerce().material() + " " + goods;
            return new GeneratedProduct(sku, name, assortment.category(), price(draws));
        }

        private static String capitalised(String word) {
            return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        }

        /** Ends in 5 or 9 paisas, as prices in shops do. */
        private static BigDecimal price(UniformRandomProvider draws) {
            double exact = LogNormalSampler.of(
                            ZigguratSampler.NormalizedGaussian.of(draws), Math.log(MEDIAN_PRICE), PRICE_SPREAD)
                    .sample();
            long tens = Math.round(Math.max(PRICE_MIN, Math.min(PRICE_MAX, exact)) * 10);
            return BigDecimal.valueOf(tens * 10 + (draws.nextBoolean() ? 5 : 9), 2);
        }
    }
}
