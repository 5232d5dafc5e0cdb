package io.citygrid.bench.report;

import io.citygrid.bench.cost.MachineTime;
import io.citygrid.bench.cost.Reading;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request cost on average.
 *
 * @param cpuMillis by process, processor time
 * @param allocatedBytes by process, where it is known
 * @param collectionMillis by process, garbage collection in all
 * @param cpuMillisStandingBy of grid nodes that ran meanwhile and had nothing to do; not among the others
 * @param writes PostgreSQL transactions that wrote something
 * @param idlePercent of the machine; -1 if unknown
 * @param stolenPercent of the machine, taken by other guests of its host; -1 if unknown
 */
public record Cost(
        Map<String, Double> cpuMillis,
        Map<String, Double> allocatedBytes,
        Map<String, Long> collectionMillis,
        double cpuMillisInAll,
        double cpuMillisStandingBy,
        double writes,
        double walBytes,
        double messages,
        double messageBytes,
        double idlePercent,
        double stolenPercent) {

    /**
     * @param spent in all
     * @param machine while requests were made
     * @param standingByMillis in all
     */
    public static Cost of(Reading spent, MachineTime machine, long standingByMillis, long requests) {
        double each = Math.max(1, requests);
        Map<String, Double> cpu = new TreeMap<>();
        Map<String, Double> allocated = new TreeMap<>();
        Map<String, Long> collecting = new TreeMap<>();
        spent.processes().forEach((name, process) -> {
            cpu.put(name, process.cpuMillis() / each);
            if (process.allocatedBytes() > 0) {
                allocated.put(name, process.allocatedBytes() / each);
                collecting.put(name, process.collectionMillis());
            }
        });
        return new Cost(
                cpu,
                allocated,
                collecting,
                spent.cpuMillis() / each,
                standingByMillis / each,
                spent.writes() / each,
                spent.walBytes() / each,
                spent.messages() / each,
                spent.messageBytes() / each,
                machine.idlePercent(),
                machine.stolenPercent());
    }
}
