package io.citygrid.bench.report;

import io.citygrid.bench.cost.Meter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of one thing together: medians, and for rates what lies around them.
 *
 * @param perSecondLeast of the rounds
 * @param perSecondGreatest of the rounds
 * @param p50 milliseconds of a sale, or of a look-up if nothing is sold; so p95 and p99
 * @param slowestMillis of all rounds
 * @param refusedPercent of all requests, those without an answer among them
 * @param nodeCpuMillis processor time of all grid nodes for a request
 * @param nodeAllocatedBytes of all grid nodes for a request
 */
public record Summary(
        String block,
        String workload,
        String load,
        String system,
        int rounds,
        double perSecond,
        double perSecondLeast,
        double perSecondGreatest,
        double p50,
        double p95,
        double p99,
        double slowestMillis,
        double lookUpP50,
        double lookUpP99,
        double refusedPercent,
        double queuedPercent,
        double cpuMillis,
        Map<String, Double> cpuMillisByProcess,
        double nodeCpuMillis,
        double nodeAllocatedBytes,
        double cpuMillisStandingBy,
        double writes,
        double walBytes,
        double messages,
        double idlePercent,
        double stolenPercent) {

    /** @param rounds of one system under one load, at least one */
    static Summary of(List<Measured> rounds) {
        Measured first = rounds.get(0);
        Map<String, Double> byProcess = new TreeMap<>();
        first.cost()
                .cpuMillis()
                .keySet()
                .forEach(process -> byProcess.put(
                        process, median(rounds, one -> one.cost().cpuMillis().getOrDefault(process, 0.0))));
        double done = rounds.stream().mapToLong(one -> one.sold() + one.told()).sum();
        double notDone =
                rounds.stream().mapToLong(one -> one.refused() + one.unknown()).sum();
        double sold = rounds.stream().mapToLong(Measured::sold).sum();
        double queued = rounds.stream().mapToLong(Measured::queued).sum();
        return new Summary(
                first.block(),
                first.workload(),
                first.load(),
                first.system(),
                rounds.size(),
                median(rounds, Measured::perSecond),
                rounds.stream().mapToDouble(Measured::perSecond).min().orElse(Double.NaN),
                rounds.stream().mapToDouble(Measured::perSecond).max().orElse(Double.NaN),
                median(rounds, one -> latency(one).p50()),
                median(rounds, one -> latency(one).p95()),
                median(rounds, one -> latency(one).p99()),
                rounds.stream().mapToDouble(one -> latency(one).max()).max().orElse(Double.NaN),
                median(rounds, one -> one.lookUps().p50()),
                median(rounds, one -> one.lookUps().p99()),
                100 * notDone / Math.max(1, done + notDone),
                100 * queued / Math.max(1, sold),
                median(rounds, one -> one.cost().cpuMillisInAll()),
                byProcess,
                median(rounds, one -> nodes(one.cost().cpuMillis())),
                median(rounds, one -> nodes(one.cost().allocatedBytes())),
                median(rounds, one -> one.cost().cpuMillisStandingBy()),
                median(rounds, one -> one.cost().writes()),
                median(rounds, one -> one.cost().walBytes()),
                median(rounds, one -> one.cost().messages()),
                median(rounds, one -> one.cost().idlePercent()),
                median(rounds, one -> one.cost().stolenPercent()));
    }

    /** Of sales, unless nothing was sold. */
    private static Latency latency(Measured one) {
        return one.sales().count() > 0 ? one.sales() : one.lookUps();
    }

    private static double nodes(Map<String, Double> byProcess) {
        return byProcess.entrySet().stream()
                .filter(process -> !process.getKey().equals(Meter.POSTGRES)
                        && !process.getKey().equals(Meter.REGISTERS))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> value) {
        return Medians.of(rounds.stream().map(value::applyAsDouble).toList());
    }
}
