package io.citygrid.grid.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a restore would do, for whoever is about to ask for it. */
public final class RestorePlan {
    private final @Nullable String refusal;
    private final long snapshotMillis;
    private final long receiptsNow;
    private final long receiptsThen;
    private final long waiting;
    private final boolean lacking;

    RestorePlan(
            @Nullable String refusal,
            Instant snapshotAt,
            long receiptsNow,
            long receiptsThen,
            long waiting,
            boolean lacking) {
        this.refusal = refusal;
        this.snapshotMillis = snapshotAt.toEpochMilli();
        this.receiptsNow = receiptsNow;
        this.receiptsThen = receiptsThen;
        this.waiting = waiting;
        this.lacking = lacking;
    }

    static RestorePlan refused(String why) {
        return new RestorePlan(why, Instant.EPOCH, 0, 0, 0, false);
    }

    /** Why it is not possible, and what to do, in sentences; {@code null} if it is. */
    public @Nullable String refusal() {
        return refusal;
    }

    /** The moment of the snapshot, to some seconds. */
    public Instant snapshotAt() {
        return Instant.ofEpochMilli(snapshotMillis);
    }

    /** Of all stores, by the grid or, where it has lost them, PostgreSQL. */
    public long receiptsNow() {
        return receiptsNow;
    }

    /** Of all stores, by the dumps that were made after the snapshot; those sold in between are in them too. */
    public long receiptsThen() {
        return receiptsThen;
    }

    /** Whether PostgreSQL may lack sales, because of an earlier restore that has stopped in the middle. */
    public boolean isLacking() {
        return lacking;
    }

    /** Entries of the outbox that PostgreSQL has not been told yet. */
    public long waiting() {
        return waiting;
    }
}
