package io.citygrid.bench.cost;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counters that only rise; what lies between two readings is what a measurement cost.
 *
 * @param processes by name
 * @param writes transactions of the PostgreSQL server that wrote something
 * @param walBytes written by the PostgreSQL server
 * @param messages between the grid's nodes
 * @param messageBytes of these
 */
public record Reading(
        Map<String, ProcessCost> processes, long writes, long walBytes, long messages, long messageBytes) {
    public Reading {
        processes = Map.copyOf(processes);
    }

    /** What was spent since {@code earlier}. A process that is not in both readings is left out. */
    public Reading minus(Reading earlier) {
        Map<String, ProcessCost> spent = new TreeMap<>();
        processes.forEach((name, now) -> {
            ProcessCost before = earlier.processes.get(name);
            if (before != null) {
                spent.put(name, now.minus(before));
            }
        });
        return new Reading(
                spent,
                writes - earlier.writes,
                walBytes - earlier.walBytes,
                messages - earlier.messages,
                messageBytes - earlier.messageBytes);
    }

    /** Processor time of all processes. */
    public long cpuMillis() {
        return processes.values().stream().mapToLong(ProcessCost::cpuMillis).sum();
    }
}
