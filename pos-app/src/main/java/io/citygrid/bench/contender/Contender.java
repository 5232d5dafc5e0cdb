package io.citygrid.bench.contender;

import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.drive.Register;
import java.util.List;

/** A system that is measured, filled and ready to sell. */
public interface Contender extends AutoCloseable {
    /** Short, for tables. */
    String name();

    /** What it is, in a sentence. */
    String words();

    /** A register's line to it; closed by whoever asked for it. */
    Register register();

    /** Tells PostgreSQL's planner what the tables have become: plans made when they were empty do not suit them. */
    void tidy();

    /** Reads what it has spent. */
    Meter meter();

    /** Waits until it has nothing left to do for what it has confirmed, so that this counts as its own cost. Bounded. */
    default void rest() {}

    /**
     * Waits until everything confirmed has come to rest and looks whether it adds up.
     *
     * @param confirmed orders that were confirmed to registers
     * @param unknown orders that got no answer, and may be there or not
     * @return what does not hold, in sentences; empty if all does
     */
    List<String> check(long confirmed, long unknown);

    /** What is wrong with it by design, and was seen in this run, in sentences. */
    default List<String> faults() {
        return List.of();
    }

    /** Stops what runs for it and deletes what was kept. */
    @Override
    void close();
}
