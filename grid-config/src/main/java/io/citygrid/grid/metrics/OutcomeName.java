package io.citygrid.grid.metrics;

import io.citygrid.model.order.OrderOutcome;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What became of a basket, as metrics spell it: {@code completed}, {@code out_of_stock} and so on. */
public final class OutcomeName {
    /** Nobody knows: no answer came in time. */
    public static final String UNKNOWN = "outcome_unknown";

    /** A node ran into something that is no expected refusal. */
    public static final String FAILED = "failed";

    private static final Map<Class<?>, String> NAMES = new ConcurrentHashMap<>();

    private OutcomeName() {}

    /** The type's name with underscores; a store that is shut until a person helps is told from one that opens in a moment. */
    public static String of(OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.StoreNotOpen store && store.isShut()) {
            return "store_shut";
        }
        return of(outcome.getClass());
    }

    /** As {@link #of(OrderOutcome)}, by its type. */
    public static String of(Class<? extends OrderOutcome> outcome) {
        return NAMES.computeIfAbsent(outcome, type -> type.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT));
    }
}
