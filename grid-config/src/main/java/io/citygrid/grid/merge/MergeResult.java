package io.citygrid.grid.merge;

import org.jspecify.annotations.Nullable;

/** What became of merged rows. */
public final class MergeResult {
    public static final MergeResult NOTHING = new MergeResult(0, 0, 0);

    private final int added;
    private final int changed;
    private final int unchanged;
    private final @Nullable String refusal;

    public MergeResult(int added, int changed, int unchanged) {
        this(added, changed, unchanged, null);
    }

    private MergeResult(int added, int changed, int unchanged, @Nullable String refusal) {
        this.added = added;
        this.changed = changed;
        this.unchanged = unchanged;
        this.refusal = refusal;
    }

    /** PostgreSQL did not take the rows, so none was merged. */
    static MergeResult refused(String why) {
        return new MergeResult(0, 0, 0, why);
    }

    public int added() {
        return added;
    }

    public int changed() {
        return changed;
    }

    /** Rows that were there already with the same content. */
    public int unchanged() {
        return unchanged;
    }

    /** Why none of the rows was merged; {@code null} if they were. */
    public @Nullable String refusal() {
        return refusal;
    }

    public MergeResult plus(MergeResult other) {
        return new MergeResult(added + other.added, changed + other.changed, unchanged + other.unchanged);
    }

    @Override
    public String toString() {
        return added + " added, " + changed + " changed, " + unchanged + " unchanged";
    }
}
