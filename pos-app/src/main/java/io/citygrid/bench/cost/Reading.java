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

    /**
     * What was spent since {@code earlier}.
     *
     * @throws ProcessRestarted if that is not known, because a process began anew
     */
    public Reading minus(Reading earlier) throws ProcessRestarted {
        Map<String, ProcessCost> spent = new TreeMap<>();
        for (Map.Entry<String, ProcessCost> process : processes.entrySet()) {
            ProcessCost before = earlier.processes.get(process.getKey());
            if (before == null || before.cpuMillis() > process.getValue().cpuMillis()) {
                throw new ProcessRestarted(process.getKey());
            }
            spent.put(process.getKey(), process.getValue().minus(before));
        }
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
