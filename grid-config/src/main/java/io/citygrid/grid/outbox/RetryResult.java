package io.citygrid.grid.outbox;

import io.citygrid.model.status.NodeReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of trying databases again: of one node, or of all that answered. */
public final class RetryResult {
    /** One database. */
    public static final class Target {
        private final String name;
        private final boolean reachable;
        private final long waiting;
        private final String reason;

        Target(String name, boolean reachable, long waiting, String reason) {
            this.name = name;
            this.reachable = reachable;
            this.waiting = waiting;
            this.reason = reason;
        }

        public String name() {
            return name;
        }

        /** Whether every node that uses it can reach it. */
        public boolean reachable() {
            return reachable;
        }

        /** What it still has to be told: outbox entries; for the central database orders and rows of the log. */
        public long waiting() {
            return waiting;
        }

        /** Why it is out of reach; empty if it is not. */
        public String reason() {
            return reason;
        }

        private Target plus(Target other) {
            return new Target(
                    name, reachable && other.reachable, waiting + other.waiting, reachable ? other.reason : reason);
        }
    }

    private final long delivered;
    private final ArrayList<Target> targets;
    private final ArrayList<String> silent;

    private RetryResult(long delivered, Collection<Target> targets, Collection<String> silent) {
        this.delivered = delivered;
        this.targets = new ArrayList<>(targets);
        this.silent = new ArrayList<>(silent);
    }

    /** What one node reports after its try. */
    static RetryResult of(NodeReport report, long delivered) {
        List<Target> targets = new ArrayList<>();
        report.cities().forEach(city -> targets.add(target(city.database(), city.entries())));
        targets.add(target(report.central(), report.ordersWaiting() + report.logWaiting()));
        return new RetryResult(delivered, merged(targets), List.of());
    }

    private static Target target(NodeReport.Database database, long waiting) {
        return new Target(database.name(), database.reachable(), waiting, database.reason());
    }

    /** What all of {@code results} say together; {@code silent} are the names of the nodes that did not answer in time. */
    static RetryResult together(Collection<RetryResult> results, Collection<String> silent) {
        List<Target> targets = new ArrayList<>();
        results.forEach(result -> targets.addAll(result.targets));
        return new RetryResult(
                results.stream().mapToLong(RetryResult::delivered).sum(), merged(targets), silent);
    }

    private static Collection<Target> merged(List<Target> targets) {
        Map<String, Target> byName = new TreeMap<>();
        targets.forEach(target -> byName.merge(target.name, target, Target::plus));
        return byName.values();
    }

    /** Outbox entries, orders and rows of the log that were told meanwhile. */
    public long delivered() {
        return delivered;
    }

    /** By name. */
    public List<Target> targets() {
        return Collections.unmodifiableList(targets);
    }

    /** Names of the nodes that did not answer in time. */
    public List<String> silent() {
        return Collections.unmodifiableList(silent);
    }
}
