package io.citygrid.grid.check;

import io.citygrid.grid.check.Finding.Weight;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what a check finds: of each kind of trouble some examples and how many more there are. */
final class Findings {
    /** Sentences of one kind of trouble; whoever mends the first ten checks again anyway. */
    static final int OF_A_KIND_MAX = 10;

    private final String place;
    private final List<Finding> found = new ArrayList<>();
    private final Map<Weight, Map<Trouble, Long>> counts = new EnumMap<>(Weight.class);
    private final Map<String, Long> looked = new TreeMap<>();

    /** @param place where, for people; begins every sentence */
    Findings(String place) {
        this.place = place;
    }

    void wrong(Trouble trouble, String sentence) {
        add(Weight.WRONG, trouble, sentence);
    }

    void unchecked(Trouble trouble, String sentence) {
        add(Weight.UNCHECKED, trouble, sentence);
    }

    /** As {@link #unchecked}, of something that has nothing to do with the place: said once however many places meet it. */
    void uncheckedAnywhere(Trouble trouble, String sentence) {
        found.add(new Finding(Weight.UNCHECKED, trouble, sentence));
    }

    void note(Trouble trouble, String sentence) {
        add(Weight.NOTE, trouble, sentence);
    }

    private void add(Weight weight, Trouble trouble, String sentence) {
        long before = counts.computeIfAbsent(weight, unused -> new EnumMap<>(Trouble.class))
                        .merge(trouble, 1L, Long::sum)
                - 1;
        if (before < OF_A_KIND_MAX) {
            found.add(new Finding(weight, trouble, place + sentence));
        }
    }

    /** Counts what was looked at. */
    void looked(String what, long count) {
        looked.merge(what, count, Long::sum);
    }

    boolean anyWrong() {
        return counts.containsKey(Weight.WRONG);
    }

    CheckReport report() {
        List<Finding> all = new ArrayList<>(found);
        counts.forEach((weight, troubles) -> troubles.forEach((trouble, count) -> {
            if (count > OF_A_KIND_MAX) {
                all.add(new Finding(weight, trouble, place + (count - OF_A_KIND_MAX) + " more like these"));
            }
        }));
        return new CheckReport(all, looked);
    }
}
