package io.citygrid.report.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A plan of Ignite's Calcite engine in words: which nodes do what, and which rows travel. */
final class PlanWords {
    private static final String ON_EACH = "On each node that holds rows of it:";
    private static final String ON_ASKED = "On the node that was asked:";
    private static final Pattern LINE = Pattern.compile("( *)Ignite(\\w+)(?:\\((.*)\\))?.*");
    private static final Pattern TABLE = Pattern.compile("table=\\[\\[(?:\\w+, )*(\\w+)]]");
    private static final Pattern INDEX = Pattern.compile("index=\\[([^\\]]+)]");
    private static final Pattern DISTRIBUTION = Pattern.compile("distribution=\\[?([a-z]+)");

    /** What a step that has nothing special to say does. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("MergeJoin", "joins both, which come in the order of what they are joined by");
        STEPS.put("NestedLoopJoin", "joins by comparing each row with each row: slow if both are many");
        STEPS.put("CorrelatedNestedLoopJoin", "joins by looking the second up for the rows of the first");
        STEPS.put("MapHashAggregate", "sums up its own rows");
        STEPS.put("MapSortAggregate", "sums up its own rows");
        STEPS.put("ReduceHashAggregate", "puts the nodes' sums together");
        STEPS.put("ReduceSortAggregate", "puts the nodes' sums together");
        STEPS.put("ColocatedHashAggregate", "sums up");
        STEPS.put("ColocatedSortAggregate", "sums up");
        STEPS.put("Sort", "sorts");
        STEPS.put("Limit", "takes the first rows");
        STEPS.put("Filter", "leaves out rows that do not match");
        STEPS.put("Project", "works columns out");
        STEPS.put("UnionAll", "puts the rows of all its inputs behind each other");
        STEPS.put("TrimExchange", "keeps those of its copies that count here");
        STEPS.put("HashIndexSpool", "keeps rows in memory to look them up");
        STEPS.put("SortedIndexSpool", "keeps rows in memory, sorted, to look them up");
        STEPS.put("TableSpool", "keeps rows in memory to read them again");
        STEPS.put("Values", "takes constant rows");
    }

    private final List<String> words = new ArrayList<>();

    /** A step and those that feed it. */
    private record Step(int depth, String operator, String details, List<Step> inputs) {}

    private PlanWords() {}

    /** @param plan as {@code EXPLAIN PLAN FOR} gives it */
    static String of(String plan) {
        Step root = parse(plan);
        if (root == null) {
            return plan;
        }
        PlanWords own = new PlanWords();
        List<String> last = own.steps(root);
        own.stage(ON_ASKED, last);
        return String.join("\n", own.words);
    }

    private static @Nullable Step parse(String plan) {
        List<Step> path = new ArrayList<>();
        for (String line : plan.lines().toList()) {
            Matcher step = LINE.matcher(line);
            if (!step.matches()) {
                continue;
            }
            Step found = new Step(
                    step.group(1).length(),
                    step.group(2),
                    step.group(3) == null ? "" : step.group(3),
                    new ArrayList<>());
            while (!path.isEmpty() && path.get(path.size() - 1).depth() >= found.depth() && path.size() > 1) {
                path.remove(path.size() - 1);
            }
            if (!path.isEmpty()) {
                path.get(path.size() - 1).inputs().add(found);
            }
            path.add(found);
        }
        return path.isEmpty() ? null : path.get(0);
    }

    private void stage(String where, List<String> steps) {
        words.add(where);
        steps.forEach(step -> words.add("  - " + step));
    }

    /** What happens on one kind of node until the step is done; what happens elsewhere before is said at once. */
    private List<String> steps(Step step) {
        if (step.operator().equals("Exchange")) {
            List<String> before = new ArrayList<>();
            step.inputs().forEach(input -> before.addAll(steps(input)));
            stage(ON_EACH, before);
            words.add("    " + travel(step));
            return List.of();
        }
        List<String> steps = new ArrayList<>();
        step.inputs().forEach(input -> steps.addAll(steps(input)));
        steps.add(words(step));
        return steps;
    }

    private static String travel(Step exchange) {
        Matcher distribution = DISTRIBUTION.matcher(exchange.details());
        String how = distribution.find() ? distribution.group(1) : "";
        return switch (how) {
            case "single" -> "=> what comes out travels to the node that was asked";
            case "broadcast" -> "=> what comes out travels to every node";
            default ->
                "=> what comes out travels to the nodes where it is needed next: every row may cross the network";
        };
    }

    private static String words(Step step) {
        Matcher table = TABLE.matcher(step.details());
        String name = table.find() ? table.group(1).toLowerCase(Locale.ROOT) : "a table";
        Matcher index = INDEX.matcher(step.details());
        String by = index.find() ? index.group(1) : "an index";
        return switch (step.operator()) {
            case "TableScan" -> "reads all rows of " + name + filtered(step);
            case "IndexScan" ->
                step.details().contains("searchBounds=")
                        ? "looks rows of " + name + " up in " + by + filtered(step)
                        : "reads all rows of " + name + " in the order of " + by + filtered(step);
            case "IndexCount" -> "counts the entries of " + by + " of " + name;
            case "IndexBound" -> "takes the first or last entry of " + by + " of " + name;
            default -> STEPS.getOrDefault(step.operator(), step.operator());
        };
    }

    private static String filtered(Step step) {
        return step.details().contains("filters=") ? ", and leaves out those that do not match" : "";
    }
}
