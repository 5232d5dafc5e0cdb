package io.citygrid.grid.node;

import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteInClosure;
import org.apache.ignite.plugin.extensions.communication.Message;
import org.apache.ignite.spi.IgniteSpiException;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to nodes of other cities later, in their order, as a network between cities would: for demos and measurements on
 * one machine. Messages inside a city, discovery and thin clients are not delayed. What is under way is bounded by the delay.
 */
public final class WanCommunicationSpi extends TcpCommunicationSpi {
    private static final Logger log = LoggerFactory.getLogger(WanCommunicationSpi.class);
    private static final long IDLE_LINE_ENDS_AFTER_SECONDS = 10;

    private final Duration latency;

    /** The way to a node of another city; empty for one of the same. */
    private final Map<UUID, Optional<ScheduledThreadPoolExecutor>> lines = new ConcurrentHashMap<>();

    private WanCommunicationSpi(Duration latency) {
        this.latency = latency;
    }

    /**
     * For the Spring file.
     *
     * @param latencyMillis added to each message to another city; 0 for Ignite's own communication and nothing else
     */
    public static TcpCommunicationSpi of(long latencyMillis) {
        return latencyMillis == 0
                ? new TcpCommunicationSpi()
                : new WanCommunicationSpi(Duration.ofMillis(latencyMillis));
    }

    @Override
    public void sendMessage(ClusterNode node, Message message) {
        send(node, () -> super.sendMessage(node, message));
    }

    @Override
    public void sendMessage(ClusterNode node, Message message, IgniteInClosure<IgniteException> acknowledged) {
        send(node, () -> super.sendMessage(node, message, acknowledged));
    }

    private void send(ClusterNode node, Runnable message) {
        Optional<ScheduledThreadPoolExecutor> line = line(node);
        if (line.isEmpty()) {
            message.run();
            return;
        }
        try {
            line.get().schedule(() -> sendNow(node, message), latency.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            throw new IgniteSpiException("this node stops", stopping);
        }
    }

    /** Whoever waits for the answer of a node that is gone hears of it from discovery. */
    private static void sendNow(ClusterNode node, Runnable message) {
        try {
            message.run();
        } catch (IgniteException notSent) {
            log.debug("a message to {} was lost", node.consistentId(), notSent);
        }
    }

    private Optional<ScheduledThreadPoolExecutor> line(ClusterNode node) {
        Optional<ScheduledThreadPoolExecutor> known = lines.get(node.id());
        if (known != null) {
            return known;
        }
        ClusterNode local = getSpiContext().localNode();
        return local == null
                ? Optional.empty()
                : lines.computeIfAbsent(
                        node.id(), unused -> farApart(local, node) ? Optional.of(newLine(node)) : Optional.empty());
    }

    private static boolean farApart(ClusterNode one, ClusterNode other) {
        Set<Integer> cities = NodeAttributes.cities(one);
        Set<Integer> others = NodeAttributes.cities(other);
        return !cities.isEmpty() && !others.isEmpty() && Collections.disjoint(cities, others);
    }

    private static ScheduledThreadPoolExecutor newLine(ClusterNode node) {
        ScheduledThreadPoolExecutor line = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "wan-to-" + node.consistentId());
            thread.setDaemon(true);
            return thread;
        });
        line.setKeepAliveTime(IDLE_LINE_ENDS_AFTER_SECONDS, TimeUnit.SECONDS);
        line.allowCoreThreadTimeOut(true);
        return line;
    }

    @Override
    public void spiStop() {
        super.spiStop();
        lines.values().forEach(line -> line.ifPresent(ScheduledThreadPoolExecutor::shutdownNow));
    }
}
