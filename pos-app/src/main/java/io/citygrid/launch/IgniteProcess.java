package io.citygrid.launch;

import java.nio.file.Path;

/** What Ignite takes from the process it runs in; to be set before the first node starts. */
public final class IgniteProcess {
    private IgniteProcess() {}

    /** @param home where Ignite would look for an installation; without one it says on every start that it found none */
    public static void prepare(Path home) {
        System.setProperty("IGNITE_HOME", home.toAbsolutePath().toString());
        // "Quiet" means past the log, to standard output.
        System.setProperty("IGNITE_QUIET", "false");
        // A node that the others gave up halts; a dump of its threads first would take seconds in which it goes on
        // committing
        // with whoever it still reaches, and leave copies that differ.
        System.setProperty("IGNITE_DUMP_THREADS_ON_FAILURE", "false");
        // It writes down every lock of a page, for the developers of Ignite.
        System.setProperty("IGNITE_PAGE_LOCK_TRACKER_TYPE", "-1");
        // Its hook would stop the nodes before what uses them.
        System.setProperty("IGNITE_NO_SHUTDOWN_HOOK", "true");
    }
}
