package io.citygrid.bench.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How the machine's processors spent their time, in clock ticks.
 *
 * @param idle waited, also for disks
 * @param stolen taken by other guests of the same host
 * @param total all of it
 */
public record MachineTime(long idle, long stolen, long total) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final MachineTime UNKNOWN = new MachineTime(0, 0, 0);

    /** As it is now. Linux tells; elsewhere it stays unknown. The fields of {@code cpu} in proc(5) are user, nice, system, idle, iowait … */
    public static MachineTime now() {
        try {
            long[] ticks = Arrays.stream(Files.readAllLines(STAT).get(0).split("\\s+"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            // Guests' time is part of the user's.
            return new MachineTime(
                    ticks[3] + ticks[4], ticks[7], Arrays.stream(ticks, 0, 8).sum());
        } catch (IOException | ArrayIndexOutOfBoundsException | NumberFormatException notLinux) {
            return UNKNOWN;
        }
    }

    /** What passed since {@code earlier}. */
    public MachineTime minus(MachineTime earlier) {
        return new MachineTime(idle - earlier.idle, stolen - earlier.stolen, total - earlier.total);
    }

    /** Idle time in percent; -1 if it is unknown. */
    public double idlePercent() {
        return total == 0 ? -1 : 100.0 * idle / total;
    }

    /** Time that other guests of the host took, in percent; -1 if it is unknown. */
    public double stolenPercent() {
        return total == 0 ? -1 : 100.0 * stolen / total;
    }
}
