package io.citygrid.load.reconcile;

import io.citygrid.grid.reconcile.FragmentReport;
import io.citygrid.grid.reconcile.TableReport;
import io.citygrid.load.progress.SummaryTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a city, or the reference tables, compared with PostgreSQL, all fragments together. */
public final class CityComparison {
    private final String name;
    private final Map<String, TableReport> before = new LinkedHashMap<>();
    private final Map<String, TableReport> after = new LinkedHashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private boolean equal = true;

    CityComparison(String name) {
        this.name = name;
    }

    void add(FragmentReport report) {
        report.before().forEach(table -> before.merge(table.table(), table, TableReport::plus));
        report.after().forEach(table -> after.merge(table.table(), table, TableReport::plus));
        problems.addAll(report.conflicts());
        String failure = report.failure();
        if (failure != null) {
            problems.add(failure);
        }
        equal &= report.equal();
    }

    /** Whether grid and PostgreSQL are equal now. */
    public boolean equal() {
        return equal;
    }

    /** Rows that differed when the comparison began. */
    public long differed() {
        return before.values().stream().mapToLong(TableReport::differing).sum();
    }

    /** What could not be brought together and why, in sentences without a full stop. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What differed, and what still does. */
    public SummaryTable table() {
        SummaryTable table = new SummaryTable(name);
        before.values().forEach(compared -> table.row(compared.table(), compared));
        if (equal) {
            return table.row("now", "equal");
        }
        List<String> left = new ArrayList<>(problems);
        after.values().stream()
                .filter(compared -> compared.differing() > 0)
                .forEach(compared -> left.add(compared.table() + ": " + compared));
        return table.row("now", "different: " + String.join("; ", left));
    }
}
