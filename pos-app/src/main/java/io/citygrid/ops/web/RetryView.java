package io.citygrid.ops.web;

import io.citygrid.grid.outbox.RetryResult;
import io.citygrid.grid.outbox.RetryResult.Target;
import java.util.List;

/**
 * What came of trying again.
 *
 * @param delivered outbox entries, orders and rows of the log that were delivered meanwhile
 * @param waiting what still has to be delivered; the nodes go on with it
 * @param silentNodes names of the nodes that did not answer in time, and so are not counted
 */
record RetryView(long delivered, long waiting, List<TargetView> targets, List<String> silentNodes) {
    /** A database. */
    record TargetView(String target, boolean reachable, long waiting, String message) {
        static TargetView of(Target target) {
            return new TargetView(target.name(), target.reachable(), target.waiting(), message(target));
        }

        private static String message(Target target) {
            if (!target.reachable()) {
                return "Out of reach: " + target.reason();
            }
            return target.waiting() == 0 ? "Nothing waits." : "The rest is being delivered.";
        }
    }

    static RetryView of(RetryResult result) {
        return new RetryView(
                result.delivered(),
                result.targets().stream().mapToLong(Target::waiting).sum(),
                result.targets().stream().map(TargetView::of).toList(),
                result.silent());
    }
}
