package io.citygrid.bench.cost;

import com.sun.management.OperatingSystemMXBean;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.cost.NodeCost;
import io.citygrid.grid.cost.NodeCosts;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads what the parts of a system have spent so far. */
public final class Meter {
    /** This process, in which the registers are. */
    public static final String REGISTERS = "registers";

    public static final String POSTGRES = "PostgreSQL";

    /** A node that died is started again meanwhile. */
    private static final Duration ALL_ANSWER_WITHIN = Duration.ofSeconds(90);

    private static final long LOOK_EVERY_MILLIS = 500;

    private final ServerCounters postgres;
    private final @Nullable GridClient grid;
    private final int nodes;

    /**
     * @param grid {@code null} if it has none
     * @param nodes of the grid
     */
    public Meter(ServerCounters postgres, @Nullable GridClient grid, int nodes) {
        this.postgres = postgres;
        this.grid = grid;
        this.nodes = nodes;
    }

    /** The counters as they are now. */
    public Reading read() {
        Map<String, ProcessCost> processes = new TreeMap<>();
        processes.put(REGISTERS, ownCost());
        if (postgres.onThisMachine()) {
            processes.put(POSTGRES, new ProcessCost(postgres.cpuMillis(), 0, 0));
        }
        long messages = 0;
        long bytes = 0;
        for (NodeCost node : nodes()) {
            processes.put(
                    node.node(), new ProcessCost(node.cpuMillis(), node.allocatedBytes(), node.collectionMillis()));
            messages += node.messagesSent();
            bytes += node.bytesSent();
        }
        return new Reading(processes, postgres.writes(), postgres.walBytes(), messages, bytes);
    }

    /** Processor time of the grid's nodes so far. */
    public long nodesCpuMillis() {
        return nodes().stream().mapToLong(NodeCost::cpuMillis).sum();
    }

    /** Memory that the nodes' data takes outside of their heaps. */
    public long dataBytes() {
        return nodes().stream().mapToLong(NodeCost::residentDataBytes).sum();
    }

    private List<NodeCost> nodes() {
        if (grid == null) {
            return List.of();
        }
        long deadline = System.nanoTime() + ALL_ANSWER_WITHIN.toNanos();
        while (System.nanoTime() - deadline < 0) {
            NodeCosts costs = grid.run(0, Tasks.NODE_COST, "");
            if (costs.silent().isEmpty() && costs.nodes().size() == nodes) {
                return costs.nodes();
            }
            pause();
        }
        throw new IllegalStateException("not all of the " + nodes + " nodes say what they have spent");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the nodes were asked what they have spent", stopping);
        }
    }

    private static ProcessCost ownCost() {
        long cpu = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime())
                : 0;
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        // Its threads come and go with every measurement, so what they allocated is not known.
        return new ProcessCost(cpu, 0, collecting);
    }
}
