package io.citygrid.grid.node;

import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTypes;
import io.citygrid.grid.growth.Retirements;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.BaselineNode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a newcomer from meeting an inactive cluster or from joining one without getting data. The oldest data node acts:
 *
 * <ul>
 *   <li>it activates a cluster that never ran as soon as all founders are there (one that ran before activates itself when its
 *       baseline is complete);
 *   <li>it adds data nodes whose name is new to the baseline: whoever starts a node wants it to hold data. One that comes back
 *       under its name is in the baseline still, so a restart moves nothing;
 *   <li>it takes data nodes out that an operator {@linkplain Retirements retired} when they have left, and does not add them again;
 *   <li>it says what to do when fragments have lost their last living copy.
 * </ul>
 *
 * <p>Of its own accord it takes no node out: whether an absent node is dead or will be back is for an operator to say.
 */
final class BaselineKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BaselineKeeper.class);

    /**
     * What an operator chose for the whole cluster, in words. Nodes with different survival goals would compute different
     * placements, with different choices for a silent city two sides could sell for it, with different write-through what a
     * receipt promises would depend on who sold, and with different time zones on which day it counts; Ignite notices none of it.
     */
    private static final Map<String, String> SHARED_CHOICES = Map.of(
            NodeAttributes.SURVIVAL_GOAL, "the survival goal",
            NodeAttributes.CITY_LOSS, "the city loss choice",
            NodeAttributes.WRITE_THROUGH, "write-through",
            NodeAttributes.BUSINESS_ZONE, "the business time zone");

    private static final long EVERY_MILLIS = 250;
    private static final long REMIND_EVERY_MILLIS = 30_000;

    private static final int LOST_ROUNDS_MIN = 40;

    private final Ignite node;
    private final List<String> founders;
    private final ScheduledExecutorService executor;
    private final BooleanSupplier databasesKnown;
    private volatile boolean typesKnown;
    private int lostForRounds;
    private long remindedAtMillis = System.currentTimeMillis();

    /** @param databasesKnown whether the node knows where the rows of every city are kept, before which it does not serve */
    BaselineKeeper(Ignite node, List<String> founders, BooleanSupplier databasesKnown) {
        this.node = node;
        this.founders = founders;
        this.databasesKnown = databasesKnown;
        this.executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "baseline-keeper-" + node.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        executor.scheduleWithFixedDelay(this::keepQuietly, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void keepQuietly() {
        try {
            if (oldest()) {
                keep();
            }
            makeTypesKnown();
        } catch (IgniteException | IllegalStateException later) {
            log.debug("the baseline is looked at again shortly: {}", later.toString());
        } catch (RuntimeException unexpected) {
            log.warn("keeping the baseline failed and will be tried again", unexpected);
        }
    }

    /** On every node, as soon as the cluster is active and before it counts as serving. */
    private void makeTypesKnown() {
        if (!typesKnown && node.cluster().state() == ClusterState.ACTIVE) {
            GridTypes.register(node);
            typesKnown = true;
        }
    }

    private boolean oldest() {
        ClusterNode oldest = node.cluster()
                .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                .forOldest()
                .node();
        return oldest != null && oldest.isLocal();
    }

    private void keep() {
        Set<String> present = present();
        Collection<BaselineNode> baseline = node.cluster().currentBaselineTopology();
        if (Closing.hindering(node).isPresent()) {
            // A restore needs the nodes that it began with.
            return;
        }
        if (node.cluster().state() == ClusterState.ACTIVE) {
            adopt(present, baseline);
            remindOfLost(present, baseline);
        } else if (baseline == null || baseline.isEmpty()) {
            found(present);
        } else {
            remind(present, baseline);
        }
    }

    private void found(Set<String> present) {
        if (present.containsAll(founders)) {
            log.info("all founders are here ({}): activating the new cluster", String.join(", ", present));
            node.cluster().state(ClusterState.ACTIVE);
        }
    }

    private void adopt(Set<String> present, @Nullable Collection<BaselineNode> baseline) {
        List<BaselineNode> members = new ArrayList<>(baseline == null ? List.of() : baseline);
        Set<String> expected = names(members);
        Set<String> retired = Retirements.of(node);
        List<ClusterNode> newcomers = dataNodes().stream()
                .filter(member -> !expected.contains(name(member)) && !retired.contains(name(member)))
                .filter(this::sharesChoices)
                .toList();
        // Ignite takes no node out that is still there.
        boolean leaves = members.removeIf(member -> retired.contains(name(member)) && !present.contains(name(member)));
        if (!newcomers.isEmpty() || leaves) {
            members.addAll(newcomers);
            expected.addAll(names(newcomers));
            log.info(
                    "the baseline becomes {} (new: {}; taken out: {})",
                    String.join(", ", names(members)),
                    String.join(", ", names(newcomers)),
                    expected.stream()
                            .filter(name -> !names(members).contains(name))
                            .collect(Collectors.joining(", ")));
            node.cluster().setBaselineTopology(members);
        }
    }

    /**
     * Says what to do about fragments whose last living copy is gone. They stay shut, also when their nodes are back: opening
     * them by resetting lost partitions takes an older copy for as good as a newer one if its node came back first (tried with
     * Ignite 2.17 and caches in a group: acknowledged orders vanished). When all nodes start afresh, Ignite compares the copies
     * and the newest wins.
     */
    private void remindOfLost(Set<String> present, @Nullable Collection<BaselineNode> baseline) {
        int lost = GridCaches.ORDERS.on(node).lostPartitions().size();
        // Nodes that are all being stopped lose fragments one after the other, which is nothing to report.
        lostForRounds = lost > 0 ? lostForRounds + 1 : 0;
        if (lostForRounds > LOST_ROUNDS_MIN && remindAgain()) {
            Set<String> missing = names(baseline == null ? List.of() : baseline);
            missing.removeAll(present);
            log.error(
                    "{} fragments have no living copy and are shut; their rows are on the disks of nodes that are away. {} "
                            + "Do not use reset_lost_partitions: it may bring back an older copy",
                    lost,
                    missing.isEmpty()
                            ? "Stop all nodes and start them again to open them."
                            : "Start " + String.join(", ", missing) + ", then stop all nodes and start them again.");
        }
    }

    private boolean sharesChoices(ClusterNode member) {
        return SHARED_CHOICES.keySet().stream().allMatch(choice -> shares(choice, member));
    }

    private boolean shares(String choice, ClusterNode member) {
        return Objects.equals(
                member.<String>attribute(choice), node.cluster().localNode().<String>attribute(choice));
    }

    /** @throws IllegalStateException if this node was started with other choices than the others */
    void requireSharedChoices() {
        for (ClusterNode member : dataNodes()) {
            SHARED_CHOICES.forEach((choice, words) -> {
                if (!shares(choice, member)) {
                    throw new IllegalStateException("node " + name(member) + " was started with " + words + " "
                            + member.attribute(choice) + ", node "
                            + name(node.cluster().localNode()) + " with "
                            + node.cluster().localNode().attribute(choice) + ": all nodes of a cluster need the same");
                }
            });
        }
    }

    private void remind(Set<String> present, Collection<BaselineNode> baseline) {
        if (remindAgain()) {
            Set<String> missing = names(baseline);
            missing.removeAll(present);
            log.warn(
                    "the cluster waits for {} before it sells: start them, or, if they are gone for good, run "
                            + "`./pos ops --set-state ACTIVE --yes`",
                    String.join(", ", missing));
        }
    }

    private boolean remindAgain() {
        long now = System.currentTimeMillis();
        boolean again = now - remindedAtMillis > REMIND_EVERY_MILLIS;
        if (again) {
            remindedAtMillis = now;
        }
        return again;
    }

    private Collection<ClusterNode> dataNodes() {
        return node.cluster()
                .forServers()
                .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                .nodes();
    }

    private Set<String> present() {
        return names(dataNodes());
    }

    private static Set<String> names(Collection<? extends BaselineNode> nodes) {
        return nodes.stream().map(BaselineKeeper::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(BaselineNode member) {
        return member.consistentId().toString();
    }

    /** See {@link GridNode#awaitServing}. */
    void awaitServing(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!serving()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "node " + name(node.cluster().localNode()) + " is not serving after " + within.toSeconds()
                                + " s: cluster " + node.cluster().state() + ", data nodes here: "
                                + String.join(", ", present()) + missing());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the cluster", stopping);
            }
        }
    }

    private String missing() {
        Collection<BaselineNode> baseline = node.cluster().currentBaselineTopology();
        Set<String> missing = names(baseline == null ? List.of() : baseline);
        missing.removeAll(present());
        return missing.isEmpty() ? "" : ", missing: " + String.join(", ", missing);
    }

    private boolean serving() {
        if (!typesKnown || !databasesKnown.getAsBoolean() || node.cluster().state() != ClusterState.ACTIVE) {
            return false;
        }
        Collection<BaselineNode> baseline = node.cluster().currentBaselineTopology();
        return baseline != null
                && names(baseline).contains(name(node.cluster().localNode()))
                && node.cache(GridCaches.ORDERS.name()) != null;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
