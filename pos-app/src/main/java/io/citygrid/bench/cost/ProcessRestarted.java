package io.citygrid.bench.cost;

/** A process died between two readings and was started again, so that its counters began anew. */
public final class ProcessRestarted extends Exception {
    private static final long serialVersionUID = 1L;

    ProcessRestarted(String process) {
        super(process + " died and was started again");
    }
}
