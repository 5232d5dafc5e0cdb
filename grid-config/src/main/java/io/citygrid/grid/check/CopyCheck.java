package io.citygrid.grid.check;

import io.citygrid.grid.EveryNode;
import io.citygrid.grid.EveryNode.Answers;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteCallable;
import org.jspecify.annotations.Nullable;

/**
 * Every node that holds a partition holds the same rows. Each reads its own copy; sums of hashes are compared first, then the rows
 * where these differ, then, while its lock keeps a row as it is, each row that differs still. So stores may sell meanwhile, which
 * Ignite's idle verify cannot bear, and a difference that is told is one.
 */
final class CopyCheck {
    /** A partition of a million rows. */
    private static final Duration READ_WITHIN = Duration.ofMinutes(1);

    private static final Duration KEYS_WITHIN = Duration.ofSeconds(1);

    /** What a transaction wrote reaches all copies when its locks are free on the primary already. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(1);

    private static final long LOOK_EVERY_MILLIS = 25;

    /** Rows that are locked together. */
    private static final int LOCKED_MAX = 20;

    /** Rows of a cache that are looked at under locks; when more differ, a copy is wrong as a whole. */
    private static final int SUSPECTS_MAX = 200;

    private final Ignite node;
    private final int partition;
    private final Findings findings;
    private final LongAdder rows;

    CopyCheck(Ignite node, int partition, Findings findings, LongAdder rows) {
        this.node = node;
        this.partition = partition;
        this.findings = findings;
        this.rows = rows;
    }

    /**
     * Compares the copies of caches that have the same nodes.
     *
     * @throws RolledBack if rows could not be locked in time
     */
    void check(Collection<GridCache<?, ?>> caches) {
        String first = caches.iterator().next().name();
        Collection<ClusterNode> owners = node.affinity(first).mapPartitionToPrimaryAndBackups(partition);
        Map<String, CopyReader.Sums> sums = ask(owners, new CopyReader.ReadSums(caches, partition), READ_WITHIN, true);
        findings.looked(
                "copies of rows",
                sums.values().stream().mapToLong(CopyReader.Sums::rows).sum());
        sums.values().forEach(read -> rows.add(read.rows()));
        List<ClusterNode> whole =
                owners.stream().filter(owner -> sums.containsKey(name(owner))).toList();
        for (GridCache<?, ?> cache : caches) {
            BitSet differing =
                    differing(sums.values().stream().map(read -> read.of(cache)).toList());
            if (!differing.isEmpty()) {
                rows(cache, whole, differing);
            }
        }
    }

    private static BitSet differing(List<long[]> copies) {
        BitSet differing = new BitSet(CopyReader.BUCKETS);
        for (int bucket = 0; bucket < CopyReader.BUCKETS; bucket++) {
            int own = bucket;
            differing.set(
                    bucket,
                    copies.stream().mapToLong(copy -> copy[own]).distinct().count() > 1);
        }
        return differing;
    }

    @SuppressWarnings({"unchecked", "rawtypes"
    }) // Every key of the grid can be compared; the list of all caches does not say so.
    private void rows(GridCache cache, List<ClusterNode> owners, BitSet buckets) {
        Map<String, HashMap<Object, Integer>> copies =
                ask(owners, new CopyReader.ReadRows(cache, partition, buckets), READ_WITHIN, false);
        TreeSet<Object> keys = new TreeSet<>();
        copies.values().forEach(copy -> keys.addAll(copy.keySet()));
        List<Object> suspects = keys.stream()
                .filter(key -> copies.values().stream()
                                .map(copy -> copy.get(key))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        int looked = Math.min(suspects.size(), SUSPECTS_MAX);
        for (int from = 0; from < looked; from += LOCKED_MAX) {
            underLocks(cache, owners, new TreeSet(suspects.subList(from, Math.min(looked, from + LOCKED_MAX))));
        }
        if (looked < suspects.size()) {
            findings.note(
                    Trouble.COPIES,
                    (suspects.size() - looked) + " further rows of " + cache.name()
                            + " differed at first and were not looked at again");
        }
    }

    private <K extends Comparable<K>, V> void underLocks(
            GridCache<K, V> cache, List<ClusterNode> owners, TreeSet<K> keys) {
        Map<K, String> differing = GridTransaction.run(node, own -> {
            own.lockAll(cache, keys);
            long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
            while (true) {
                Map<K, String> found = compare(cache, owners, keys);
                if (found.isEmpty() || System.nanoTime() - deadline > 0) {
                    return found;
                }
                pause();
            }
        });
        differing.forEach((key, words) -> findings.wrong(Trouble.COPIES, cache.name() + ", " + key + ": " + words));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RolledBack("interrupted", stopping);
        }
    }

    private <K, V> Map<K, String> compare(GridCache<K, V> cache, List<ClusterNode> owners, TreeSet<K> keys) {
        Map<String, HashMap<Object, Integer>> copies =
                ask(owners, new CopyReader.ReadKeys(cache, new ArrayList<>(keys)), KEYS_WITHIN, false);
        Map<K, String> found = new TreeMap<>();
        for (K key : keys) {
            Map<String, Integer> hashes = new TreeMap<>();
            copies.forEach((name, copy) -> hashes.put(name, copy.getOrDefault(key, 0)));
            if (hashes.values().stream().distinct().count() > 1) {
                found.put(key, words(owners, copies, key));
            }
        }
        return found;
    }

    /** Such as {@code karachi-1 (primary) and karachi-2 have the same, lahore-1 has another, lahore-2 has none}. */
    private static String words(List<ClusterNode> owners, Map<String, HashMap<Object, Integer>> copies, Object key) {
        List<String> parts = new ArrayList<>();
        @Nullable Integer first = null;
        for (ClusterNode owner : owners) {
            HashMap<Object, Integer> copy = copies.get(name(owner));
            if (copy == null) {
                continue;
            }
            Integer hash = copy.get(key);
            String what = hash == null ? "has none" : first == null || hash.equals(first) ? "has it" : "has another";
            first = first == null ? hash : first;
            parts.add(name(owner) + (parts.isEmpty() ? " (the primary) " : " ") + what);
        }
        return String.join(", ", parts);
    }

    private static String name(ClusterNode owner) {
        return Objects.toString(owner.consistentId());
    }

    /** @param say whether to note who did not answer or is being filled */
    private <R> Map<String, R> ask(
            Collection<ClusterNode> owners, IgniteCallable<@Nullable R> question, Duration within, boolean say) {
        Answers<@Nullable R> answers = EveryNode.ask(node, owners, question, within);
        Map<String, R> given = new TreeMap<>();
        List<String> filling = new ArrayList<>();
        answers.byNode().forEach((name, answer) -> {
            if (answer == null) {
                filling.add(name);
            } else {
                given.put(name, answer);
            }
        });
        if (say && !filling.isEmpty()) {
            findings.unchecked(Trouble.COPIES, "the copy on " + String.join(", ", filling) + " is being filled");
        }
        if (say && !answers.silent().isEmpty()) {
            findings.unchecked(Trouble.COPIES, String.join(", ", answers.silent()) + " did not say what it has");
        }
        return given;
    }
}
