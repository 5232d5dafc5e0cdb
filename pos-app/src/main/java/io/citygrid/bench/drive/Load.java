package io.citygrid.bench.drive;

import java.time.Duration;
import java.util.List;

/** A number of registers at work. */
public sealed interface Load permits ClosedLoop, OpenLoop {
    /** Drives {@code registers} for as long as {@code lasting}, and waits for the answers under way. */
    Driven drive(List<Register> registers, Demand demand, long seed, Duration lasting);

    /** In words, for progress and reports. */
    String words();
}
