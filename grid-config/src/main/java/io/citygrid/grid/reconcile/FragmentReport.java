package io.citygrid.grid.reconcile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comparing a city fragment, or the reference tables, came to. */
public final class FragmentReport {
    private final ArrayList<TableReport> before;
    private final ArrayList<TableReport> after;
    private final ArrayList<String> conflicts;
    private final @Nullable String failure;

    private FragmentReport(
            List<TableReport> before, List<TableReport> after, List<String> conflicts, @Nullable String failure) {
        this.before = new ArrayList<>(before);
        this.after = new ArrayList<>(after);
        this.conflicts = new ArrayList<>(conflicts);
        this.failure = failure;
    }

    /**
     * @param before how the tables compared at first
     * @param after how they compared when what differed had been settled
     */
    static FragmentReport of(List<TableReport> before, List<TableReport> after) {
        return new FragmentReport(before, after, List.of(), null);
    }

    /** Nothing was changed, because the grid has lost orders and sold on, or worse. */
    static FragmentReport conflict(List<TableReport> before, List<String> conflicts) {
        return new FragmentReport(before, before, conflicts, null);
    }

    /** It could not be done, or not to its end. */
    static FragmentReport failed(String why) {
        return new FragmentReport(List.of(), List.of(), List.of(), why);
    }

    public List<TableReport> before() {
        return Collections.unmodifiableList(before);
    }

    public List<TableReport> after() {
        return Collections.unmodifiableList(after);
    }

    /** What a person has to look at, in sentences without a full stop. */
    public List<String> conflicts() {
        return Collections.unmodifiableList(conflicts);
    }

    /** Why it was not compared; {@code null} if it was. */
    public @Nullable String failure() {
        return failure;
    }

    /** Whether grid and PostgreSQL are equal now. */
    public boolean equal() {
        return failure == null && conflicts.isEmpty() && after.stream().allMatch(table -> table.differing() == 0);
    }

    @Override
    public String toString() {
        if (failure != null) {
            return failure;
        }
        if (!conflicts.isEmpty()) {
            return String.join("; ", conflicts);
        }
        return equal() ? "equal" : "different: " + after;
    }
}
