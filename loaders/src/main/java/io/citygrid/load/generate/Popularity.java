package io.citygrid.load.generate;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * Which product is taken from the shelf: by Zipf's law, the k-th most popular product sells in proportion to 1/k, so that a few
 * products make most of the sales and most products sell now and then. Which product has which rank is shuffled.
 */
final class Popularity {
    private static final double EXPONENT = 1.0;

    private final int[] productByRank;
    private final SharedStateDiscreteSampler ranks;

    /** @param shuffle decides the ranks */
    Popularity(int products, UniformRandomProvider shuffle) {
        this.productByRank = PermutationSampler.natural(products);
        PermutationSampler.shuffle(shuffle, productByRank);
        this.ranks = RejectionInversionZipfSampler.of(shuffle, products, EXPONENT);
    }

    /** A product's number, from 0. */
    int draw(UniformRandomProvider random) {
        return productByRank[ranks.withUniformRandomProvider(random).sample() - 1];
    }

    /** The number of the product with this rank; the most popular has rank 1. */
    int productAt(int rank) {
        return productByRank[rank - 1];
    }
}
