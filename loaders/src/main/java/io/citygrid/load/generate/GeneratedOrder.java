package io.citygrid.load.generate;

import io.citygrid.load.chain.ChainStore;
import io.citygrid.model.order.PaymentMethod;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invented order, in numbers that count from 0 and not yet in the grid's ids.
 *
 * @param customer the customer's number, {@code null} if nobody asked for the card
 * @param basket units by product number, in the sequence in which they were put into it
 */
record GeneratedOrder(
        Instant rungUpAt,
        ChainStore store,
        @Nullable Integer customer,
        Map<Integer, Integer> basket,
        PaymentMethod method) {}
