package io.citygrid.bench.contender;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.model.status.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits until a grid has done all that its sales have left it to do. */
final class GridRest {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final GridClient registers;
    private final int nodes;

    GridRest(GridClient registers, int nodes) {
        this.registers = registers;
        this.nodes = nodes;
    }

    /** Until PostgreSQL has everything, and the sums for reports too; what still waits in the end, in a sentence. */
    Optional<String> await(Duration within) {
        // A feed's report is of its last round; this has one made now.
        registers.retryReplication();
        Instant asked = Instant.now();
        long deadline = System.nanoTime() + within.toNanos();
        String waiting = "the nodes have not reported";
        while (System.nanoTime() - deadline < 0) {
            Optional<String> now = waiting(asked).or(this::notSummed);
            if (now.isEmpty()) {
                return now;
            }
            waiting = now.get();
            pause(waiting);
        }
        return Optional.of("after " + within.toSeconds() + " s " + waiting);
    }

    private static void pause(String waiting) {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + waiting, stopping);
        }
    }

    /** What waits, by reports that the nodes made after {@code asked}. */
    private Optional<String> waiting(Instant asked) {
        Set<String> reported = new HashSet<>();
        long queued = 0;
        long orders = 0;
        for (NodeReport report : registers.topology().map(Topology::reports).orElse(List.of())) {
            if (report.reportedAt().isAfter(asked)) {
                reported.add(report.node());
                orders += report.ordersWaiting();
                queued += report.cities().stream()
                        .mapToLong(NodeReport.City::entries)
                        .sum();
            }
        }
        if (reported.size() < nodes) {
            return Optional.of("only " + reported + " have reported");
        }
        if (queued > 0) {
            return Optional.of(queued + " outbox entries wait");
        }
        return orders > 0 ? Optional.of(orders + " orders wait for the central database") : Optional.empty();
    }

    private Optional<String> notSummed() {
        long orders = sum("store_counters") - sum("rollup_positions");
        return orders > 0 ? Optional.of(orders + " orders are not in the sums yet") : Optional.empty();
    }

    private long sum(String table) {
        Object sum = registers
                .query("SELECT COALESCE(SUM(last_order_no), 0) FROM " + table)
                .get(0)
                .get(0);
        return ((Number) sum).longValue();
    }
}
