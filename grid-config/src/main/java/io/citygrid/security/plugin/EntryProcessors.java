package io.citygrid.security.plugin;

import java.util.Locale;

/**
 * Ignite asks an entry processor's caller for the right to put alone, and a processor may remove: nothing of the processor is
 * known where the right is asked for, save that the call came by "invoke". So whoever may put and not remove may not invoke.
 * SQL's own processors write what was judged when the query was planned.
 */
final class EntryProcessors {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String CACHES = "org.apache.ignite.internal.processors.cache.";
    private static final String SQL = "org.apache.ignite.internal.processors.query.calcite.exec.rel.ModifyNode";

    private EntryProcessors() {}

    /** Whether the right that is asked for now is for an entry processor. Costs microseconds, and nodes are never asked. */
    static boolean areAtWork() {
        return WALKER.walk(frames -> {
            boolean invoked = false;
            for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
                if (frame.getClassName().equals(SQL)) {
                    return false;
                }
                invoked |= frame.getClassName().startsWith(CACHES)
                        && frame.getMethodName().toLowerCase(Locale.ROOT).contains("invoke");
            }
            return invoked;
        });
    }
}
