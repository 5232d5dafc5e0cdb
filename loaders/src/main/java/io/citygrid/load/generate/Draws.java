package io.citygrid.load.generate;

import io.citygrid.load.identity.StableId;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random sources by what they are for. Each product, customer and order has one of its own, so what one of them draws changes
 * nothing about the others, and orders can be made in any sequence and by any thread.
 */
final class Draws {
    private Draws() {}

    /** The source for the thing that {@code text} names. */
    static UniformRandomProvider of(String text) {
        return RandomSource.SPLIT_MIX_64.create(StableId.seed(text));
    }
}
