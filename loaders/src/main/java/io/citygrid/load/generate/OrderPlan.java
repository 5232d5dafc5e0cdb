package io.citygrid.load.generate;

import io.citygrid.load.chain.ChainStore;
import io.citygrid.load.identity.StableId;
import io.citygrid.model.order.PaymentMethod;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GeometricSampler;
import org.jspecify.annotations.Nullable;

/**
 * The orders to generate, each made on demand from its number alone: a million of them need not be in memory, and are the same
 * whoever makes them. Safe for several threads.
 */
final class OrderPlan {
    /** Different products in one basket. */
    static final int BASKET_MAX = 20;

    /** Units of one product in one basket. */
    static final int UNITS_MAX = 12;

    /** Chance that a basket is finished after each product, which makes a mean of 3.5 products. */
    private static final double BASKET_DONE = 0.28;

    private static final double UNITS_DONE = 0.7;
    private static final double CARD_SHOWN = 0.6;
    private static final double CASH = 0.55;
    private static final double CARD = 0.35;

    private final GenerateOptions options;
    private final String identity;
    private final List<ChainStore> stores;
    private final TradingHours hours;
    private final Popularity popularity;

    /** @param stores that sell; they are part of what makes an order's id, because an order belongs to one of them */
    OrderPlan(GenerateOptions options, List<ChainStore> stores) {
        this.options = options;
        this.stores = List.copyOf(stores);
        this.identity =
                options.identity() + ":" + stores.stream().map(ChainStore::code).toList();
        this.hours = new TradingHours(options.firstDay(), options.days());
        this.popularity = new Popularity(options.products(), Draws.of("popularity:" + options.seed()));
    }

    /** A text that is the same for plans with the same orders. */
    String identity() {
        return identity;
    }

    /** The id of the order with this number. */
    UUID orderId(int number) {
        return StableId.of(identity + ":" + number);
    }

    /** The order with this number, from 0. */
    GeneratedOrder order(int number) {
        UniformRandomProvider random = draws(number);
        Instant rungUpAt = hours.draw(random);
        ChainStore store = stores.get(random.nextInt(stores.size()));
        @Nullable Integer customer = random.nextDouble() < CARD_SHOWN ? random.nextInt(options.customers()) : null;
        PaymentMethod method = method(random.nextDouble());
        return new GeneratedOrder(rungUpAt, store, customer, basket(random), method);
    }

    /** The numbers of all orders in the sequence of their times, so that receipt numbers rise with the clock. */
    int[] byTime() {
        long[] second = new long[options.orders()];
        for (int number = 0; number < second.length; number++) {
            second[number] = hours.draw(draws(number)).getEpochSecond();
        }
        return IntStream.range(0, second.length)
                .boxed()
                .sorted(Comparator.comparingLong(number -> second[number]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private UniformRandomProvider draws(int number) {
        return Draws.of(identity + ":order:" + number);
    }

    private Map<Integer, Integer> basket(UniformRandomProvider random) {
        int size = Math.min(
                BASKET_MAX, 1 + GeometricSampler.of(random, BASKET_DONE).sample());
        Map<Integer, Integer> basket = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            int units = 1 + GeometricSampler.of(random, UNITS_DONE).sample();
            basket.merge(popularity.draw(random), Math.min(UNITS_MAX, units), (a, b) -> Math.min(UNITS_MAX, a + b));
        }
        return basket;
    }

    private static PaymentMethod method(double draw) {
        if (draw < CASH) {
            return PaymentMethod.CASH;
        }
        return draw < CASH + CARD ? PaymentMethod.CARD : PaymentMethod.WALLET;
    }
}
