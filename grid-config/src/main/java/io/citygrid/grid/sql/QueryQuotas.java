package io.citygrid.grid.sql;

import java.lang.reflect.Field;
import java.util.Map;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.ignite.internal.processors.query.calcite.exec.tracker.ObjectSizeCalculator;

/**
 * Makes the memory quotas of Ignite 2.17's Calcite engine work with sums. To find out how large a row is, the engine follows every
 * reference that it holds; a sum refers to the call in the plan that it belongs to, and that to types of columns with lambdas inside,
 * which no field offset can be asked for on Java 15 and later: every GROUP BY fails. The plan belongs to no row, so it counts nothing.
 */
public final class QueryQuotas {
    private static final String KNOWN_SIZES = "SYS_CLS_SIZE";

    private QueryQuotas() {}

    /**
     * Called before a node starts; doing it twice does no harm.
     *
     * @throws IllegalStateException if this is another Ignite, in which it may not be needed
     */
    @SuppressWarnings("unchecked")
    public static synchronized void repair() {
        try {
            Field knownSizes = ObjectSizeCalculator.class.getDeclaredField(KNOWN_SIZES);
            knownSizes.setAccessible(true);
            Map<Class<?>, Object> sizes = (Map<Class<?>, Object>) knownSizes.get(null);
            if (!sizes.containsKey(AggregateCall.class)) {
                // References to classes count nothing already.
                sizes.put(AggregateCall.class, sizes.get(Class.class));
            }
        } catch (ReflectiveOperationException otherIgnite) {
            throw new IllegalStateException(
                    "this Ignite counts the memory of queries otherwise than 2.17: see whether sums work with quotas",
                    otherIgnite);
        }
    }
}
