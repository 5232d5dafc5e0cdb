package io.citygrid.grid.merge;

/** What became of merged rows. */
public final class MergeResult {
    public static final MergeResult NOTHING = new MergeResult(0, 0, 0);

    private final int added;
    private final int changed;
    private final int unchanged;

    public MergeResult(int added, int changed, int unchanged) {
        this.added = added;
        this.changed = changed;
        this.unchanged = unchanged;
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

    public MergeResult plus(MergeResult other) {
        return new MergeResult(added + other.added, changed + other.changed, unchanged + other.unchanged);
    }

    @Override
    public String toString() {
        return added + " added, " + changed + " changed, " + unchanged + " unchanged";
    }
}
