package io.citygrid.security.plugin;

import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.IgniteException;
import org.apache.ignite.lang.IgnitePredicate;
import org.apache.ignite.marshaller.MarshallerUtils;

/**
 * Finds classes that bytes name for a node, of the same lists as Ignite's marshallers: an object in Ignite's binary format may name
 * its class itself, and that name passes no list, only this, or {@link RequestClasses} where Ignite asks no class loader of its own.
 */
public final class KnownClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final IgnitePredicate<String> known;

    private KnownClasses(ClassLoader parent, IgnitePredicate<String> known) {
        super("known-classes", parent);
        this.known = known;
    }

    /** Of the lists that Ignite's system properties name now; for a node's configuration. */
    public static KnownClasses listed() {
        ClassLoader all = KnownClasses.class.getClassLoader();
        try {
            return new KnownClasses(all, MarshallerUtils.classNameFilter(all));
        } catch (IgniteCheckedException notReadable) {
            throw new IgniteException(
                    "the lists of known classes cannot be read: " + notReadable.getMessage(), notReadable);
        }
    }

    /** Where Ignite asks no class loader too; to be done anew when a node of this process has stopped. */
    public KnownClasses guardRequests() {
        RequestClasses.guard(known);
        return this;
    }

    static String unknown(String name) {
        return name + " is not among the classes of which nodes make objects";
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!known.apply(name)) {
            throw new ClassNotFoundException(unknown(name));
        }
        return super.loadClass(name, resolve);
    }
}
