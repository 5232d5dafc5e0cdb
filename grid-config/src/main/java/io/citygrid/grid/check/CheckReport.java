package io.citygrid.grid.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What checking a city fragment, or what no fragment has, came to. */
public final class CheckReport {
    private final ArrayList<Finding> findings;
    private final TreeMap<String, Long> looked;

    /** @param looked how many of what were looked at */
    public CheckReport(List<Finding> findings, Map<String, Long> looked) {
        this.findings = new ArrayList<>(findings);
        this.looked = new TreeMap<>(looked);
    }

    /** Nothing could be looked at. */
    public static CheckReport failed(String why) {
        return new CheckReport(List.of(new Finding(Finding.Weight.UNCHECKED, Trouble.UNSEEN, why)), Map.of());
    }

    public List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    /** How many of what were looked at, by words in the plural. */
    public Map<String, Long> looked() {
        return Collections.unmodifiableMap(looked);
    }
}
