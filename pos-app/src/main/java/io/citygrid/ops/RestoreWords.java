package io.citygrid.ops;

import io.citygrid.grid.backup.RestorePlan;
import io.citygrid.grid.backup.RunRequest.Work;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a restore will do, in words for whoever has to agree to it. */
final class RestoreWords {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private RestoreWords() {}

    static String of(RestorePlan plan, Work work, String name, int increment) {
        String state =
                name + (increment == 0 ? "" : ", increment " + increment) + ", of " + MOMENT.format(plan.snapshotAt());
        return "This brings back " + state
                + ".\nNo store sells until it is done, and what the grid has now is destroyed.\n"
                + (work == Work.ROLL_FORWARD ? forward(plan) : back(plan));
    }

    private static String forward(RestorePlan plan) {
        return "Rolling forward: the grid then takes over what PostgreSQL has, " + receipts(plan.receiptsNow())
                + " in all; "
                + (plan.isLacking()
                        ? "a restore before has stopped in the middle, so PostgreSQL may lack what was sold since the backup."
                        : "no sale is lost.")
                + (plan.waiting() == 0
                        ? ""
                        : "\nFirst PostgreSQL is told of " + plan.waiting()
                                + " changes that wait for it; if it does not take them, nothing is destroyed.");
    }

    private static String back(RestorePlan plan) {
        long since = plan.receiptsNow() - plan.receiptsThen();
        return "Rolling back: PostgreSQL then takes over what the backup has. LOST for good, in the grid, PostgreSQL, the warehouse and"
                + " the replication log: "
                + (since > 0
                        ? receipts(since) + " sold since, or some more"
                        : "receipts sold since the snapshot, if there are any")
                + ", and every other change since then.";
    }

    private static String receipts(long count) {
        return count == 1 ? "1 receipt" : count + " receipts";
    }
}
