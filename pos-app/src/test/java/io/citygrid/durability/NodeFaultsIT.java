package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.ops.RollingRestart;
import io.citygrid.testing.Load;
import io.citygrid.testing.ProcessGrid;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.WholeGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Nodes are killed and frozen at random moments while eight registers sell: a node that dies or falls silent costs a retry with
 * the same id, not a sale.
 *
 * <p>Each fault of {@code -Dcitygrid.faults} (all unless said otherwise) comes {@code -Dcitygrid.fault.rounds} times (1), in the
 * write-through mode of {@code -Dcitygrid.test.write-through}. The numbers in {@code docs/decisions/0009-node-faults.md} come from
 * {@code mvn -Dsurefire.skip=true -Dit.test=NodeFaultsIT -Dfailsafe.failIfNoSpecifiedTests=false -Dcitygrid.fault.rounds=5 verify}.
 */
class NodeFaultsIT {
    private static final int ROUNDS = Integer.getInteger("citygrid.fault.rounds", 1);
    private static final Duration STALL_MAX = Duration.ofSeconds(4);
    private static final Duration FROZEN_FOR = Duration.ofSeconds(6);

    private static final Duration RESTARTED_WITHIN = Duration.ofMinutes(3);

    private ProcessGrid grid;
    private Load load;
    private Random random;
    private long startedAgain;

    /** What happens to a node. */
    private enum Fault {
        /** No fault but an operator's doing: one after the other, as {@code ./pos ops rolling-restart} does it. */
        ALL_RESTARTED_ONE_BY_ONE,
        KILLED,
        /** It comes back empty under its old name and is filled by the others. */
        KILLED_AND_ITS_FOLDER_LOST,
        FROZEN_FOR_GOOD,
        FROZEN_AND_CONTINUED
    }

    private static final List<Fault> FAULTS = Arrays.stream(
                    System.getProperty("citygrid.faults", "").split(","))
            .filter(name -> !name.isEmpty())
            .map(Fault::valueOf)
            .collect(Collectors.collectingAndThen(
                    Collectors.toList(), chosen -> chosen.isEmpty() ? List.of(Fault.values()) : chosen));

    @Test
    void d08_nodesKilledAndFrozenUnderLoadLoseNoSaleAndDoubleNone(@TempDir Path directory) {
        long seed = Load.seed();
        random = new Random(seed);
        grid = new ProcessGrid(directory, ProcessGrid.mode());
        try (ProcessGrid closedAtTheEnd = grid) {
            Shop shop = Shop.open(grid.client());
            load = Load.start(grid.client(), shop, grid.aStoreOnEachNode(shop), seed);
            SalesLog log;
            try (Load endedAtTheEnd = load) {
                load.awaitSales(200);
                for (Fault fault : FAULTS) {
                    for (int round = 1; round <= ROUNDS; round++) {
                        // Once of each kind it is the node that has to coordinate what its own absence means.
                        String coordinator = WholeGrid.coordinator(grid.client());
                        String node =
                                round == 1 ? coordinator : TestGrid.NAMES.get(random.nextInt(TestGrid.NAMES.size()));
                        load.awaitSales(20 + random.nextInt(200));
                        long begun = System.nanoTime();
                        suffer(fault, node);
                        load.awaitSales(100);
                        report(fault, round, node.equals(coordinator) ? node + " (coordinator)" : node, begun);
                    }
                }
                log = load.stop();
            }
            System.out.println("nodes killed and frozen under load: " + log.summary());
            assertThat(log.refused()).as("refused").isEmpty();
            grid.check(log);
            assertThat(log.slowest()).as("the longest that a register waited").isLessThan(STALL_MAX);
        }
    }

    private void report(Fault fault, int round, String node, long begun) {
        SalesLog during = load.log().since(begun);
        System.out.printf(
                "%s round %d, %s: %s; the slowest began %d ms after the fault, the node was started after %d ms%n",
                fault,
                round,
                node,
                during.summary(),
                during.slowestBegan(begun).toMillis(),
                TimeUnit.NANOSECONDS.toMillis(startedAgain - begun));
    }

    /** Returns when the node is back and the grid whole again. */
    private void suffer(Fault fault, String node) {
        switch (fault) {
            case KILLED -> grid.nodes().kill(node);
            case KILLED_AND_ITS_FOLDER_LOST -> {
                grid.nodes().kill(node);
                assertThat(FileSystemUtils.deleteRecursively(grid.folder(node).toFile()))
                        .as("the folder is gone")
                        .isTrue();
            }
            case FROZEN_FOR_GOOD -> {
                grid.nodes().freeze(node);
                load.awaitSales(200);
                grid.nodes().kill(node);
            }
            case FROZEN_AND_CONTINUED -> {
                grid.nodes().freeze(node);
                long frozen = System.nanoTime();
                Awaitility.await()
                        .atMost(FROZEN_FOR.multipliedBy(2))
                        .until(() -> System.nanoTime() - frozen >= FROZEN_FOR.toNanos());
                grid.nodes().thaw(node);
                // Nobody tells it to: it notices that it stood still for too long.
                assertThat(grid.nodes().awaitOwnEnd(node))
                        .as("the exit code of a node that was given up")
                        .isNotZero();
                // Ignite would end it too, but seconds later, and what it does until then leaves its copies incomplete.
                assertThat(grid.folder(node).resolve("node.log")).content().contains("stood still");
            }
            case ALL_RESTARTED_ONE_BY_ONE -> {
                startedAgain = System.nanoTime();
                new RollingRestart(grid.client(), System.out::println, RESTARTED_WITHIN).run();
                WholeGrid.await(grid.client());
                return;
            }
        }
        load.awaitSales(50);
        startedAgain = System.nanoTime();
        grid.startAgain(node);
    }
}
