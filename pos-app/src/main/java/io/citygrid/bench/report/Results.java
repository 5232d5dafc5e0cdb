package io.citygrid.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a run found out. Not for several threads at once. */
public final class Results {
    /** What several measurements of one thing have in common. */
    private record Place(String block, String workload, String load) {}

    /** In the name of a load that differs from system to system. */
    public static final String OF_ITS_OWN = "of what it can";

    private final Map<String, String> about = new LinkedHashMap<>();
    private final Map<String, String> systems = new LinkedHashMap<>();
    private final List<Measured> measured = new ArrayList<>();
    private final Map<String, List<String>> violations = new LinkedHashMap<>();
    private final Map<String, List<String>> faults = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    /** Says something of the run or the machine. */
    public void about(String what, String words) {
        about.put(what, words);
    }

    /** Says what a system is. */
    public void system(String name, String words) {
        systems.put(name, words);
    }

    public void add(Measured one) {
        measured.add(one);
    }

    /** Says something that was seen of a system besides the measurements. */
    public void note(String what, String words) {
        notes.put(what, words);
    }

    /** What does not hold in the books of a system. */
    public void violations(String system, List<String> sentences) {
        violations.merge(system, List.copyOf(sentences), Results::both);
    }

    /** What is wrong with a system by design, and was seen. */
    public void faults(String system, List<String> sentences) {
        faults.merge(system, List.copyOf(sentences), Results::both);
    }

    /** A system is measured anew beside each set-up of the grid. */
    private static List<String> both(List<String> earlier, List<String> later) {
        List<String> both = new ArrayList<>(earlier);
        both.addAll(later);
        return List.copyOf(both);
    }

    public Map<String, String> about() {
        return about;
    }

    public Map<String, String> systems() {
        return systems;
    }

    public List<Measured> measured() {
        return measured;
    }

    public Map<String, String> notes() {
        return notes;
    }

    public Map<String, List<String>> violations() {
        return violations;
    }

    public Map<String, List<String>> faults() {
        return faults;
    }

    /** Whether the books of all systems add up. */
    public boolean sound() {
        return violations.values().stream().allMatch(List::isEmpty);
    }

    /** The rounds of each thing together, in the order in which they were first measured. */
    public List<Summary> summaries() {
        Map<Place, Map<String, List<Measured>>> rounds = new LinkedHashMap<>();
        for (Measured one : measured) {
            rounds.computeIfAbsent(new Place(one.block(), one.workload(), one.load()), place -> new LinkedHashMap<>())
                    .computeIfAbsent(one.system(), system -> new ArrayList<>())
                    .add(one);
        }
        List<Summary> summaries = new ArrayList<>();
        rounds.values().forEach(bySystem -> bySystem.values().forEach(some -> summaries.add(Summary.of(some))));
        return summaries;
    }

    /**
     * The first system of each block against each of the others, round by round; not at rates of their own, at which none does
     * what it can.
     */
    public List<Ratio> ratios() {
        Map<Place, Map<String, Map<Integer, Double>>> rates = new LinkedHashMap<>();
        for (Measured one : measured) {
            if (one.load().contains(OF_ITS_OWN)) {
                continue;
            }
            rates.computeIfAbsent(new Place(one.block(), one.workload(), one.load()), place -> new LinkedHashMap<>())
                    .computeIfAbsent(one.system(), system -> new TreeMap<>())
                    .put(one.round(), one.perSecond());
        }
        List<Ratio> ratios = new ArrayList<>();
        rates.forEach((place, bySystem) -> {
            String first = place.block();
            Map<Integer, Double> own = bySystem.get(first);
            bySystem.forEach((system, other) -> {
                if (own != null && !system.equals(first)) {
                    List<Double> each = new ArrayList<>();
                    own.forEach((round, rate) -> {
                        Double against = other.get(round);
                        if (against != null && against > 0) {
                            each.add(rate / against);
                        }
                    });
                    ratios.add(Ratio.of(place.block(), place.workload(), place.load(), first, system, each));
                }
            });
        });
        return ratios;
    }
}
