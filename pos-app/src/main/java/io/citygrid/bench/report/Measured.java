package io.citygrid.bench.report;

import io.citygrid.bench.drive.Demand;
import io.citygrid.bench.drive.Driven;
import io.citygrid.bench.drive.Register.Answer;

/**
 * One measurement of one system.
 *
 * @param block what was measured side by side
 * @param system its name
 * @param load clients, or the rate at which customers came
 * @param round the how-many-th, from 1
 * @param perSecond requests done, per second
 * @param told look-ups that were answered
 * @param queued sales that PostgreSQL got later
 * @param refused requests of which nothing was done
 */
public record Measured(
        String block,
        String system,
        String workload,
        String load,
        int round,
        double seconds,
        double perSecond,
        long sold,
        long told,
        long queued,
        long refused,
        long unknown,
        Latency sales,
        Latency lookUps,
        Cost cost) {

    /** Puts together what registers counted and what it cost. */
    public static Measured of(
            String block, String system, Demand demand, String load, int round, Driven driven, Cost cost) {
        return new Measured(
                block,
                system,
                demand.words(),
                load,
                round,
                driven.took().toNanos() / 1e9,
                driven.perSecond(),
                driven.tally().sold(),
                driven.tally().answers(Answer.TOLD),
                driven.tally().answers(Answer.QUEUED),
                driven.tally().answers(Answer.REFUSED),
                driven.tally().answers(Answer.UNKNOWN),
                Latency.of(driven.tally().sales()),
                Latency.of(driven.tally().lookUps()),
                cost);
    }
}
