package io.citygrid.security.plugin;

import java.io.Serial;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.IgniteException;
import org.apache.ignite.internal.util.IgniteUtils;
import org.apache.ignite.lang.IgnitePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where Ignite looks for a class by a name that came with a request, before it knows who asks: in its map of classes that it found
 * before, and then on the class path, without any list. This takes the map's place, and knows no class that is not on the lists.
 */
final class RequestClasses extends ConcurrentHashMap<String, Class<?>> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Types of SQL's plans, which nodes send each other. */
    private static final String PLANS = "org.apache.calcite.";

    private final transient IgnitePredicate<String> known;

    private RequestClasses(IgnitePredicate<String> known) {
        this.known = known;
    }

    /**
     * From now on, until a node of this process stops: then Ignite throws the map away.
     *
     * @throws IgniteException if this is another Ignite, in which there is no such map
     */
    static void guard(IgnitePredicate<String> known) {
        try {
            Field field = IgniteUtils.class.getDeclaredField("classCache");
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Map<ClassLoader, Map<String, Class<?>>> found = (Map<ClassLoader, Map<String, Class<?>>>) field.get(null);
            found.put(IgniteUtils.gridClassLoader(), new RequestClasses(known));
        } catch (ReflectiveOperationException another) {
            throw new IgniteException("this Ignite looks for classes elsewhere: clients could load any", another);
        }
    }

    @Override
    public @Nullable Class<?> get(Object name) {
        Class<?> found = super.get(name);
        if (found == null && !(known.apply((String) name) || ((String) name).startsWith(PLANS))) {
            throw RequestClasses.<RuntimeException>unchecked(
                    new ClassNotFoundException(KnownClasses.unknown((String) name)));
        }
        return found;
    }

    /** Whoever looks for a class there is ready for it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable checked) throws E {
        throw (E) checked;
    }
}
