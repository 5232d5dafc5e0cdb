package io.citygrid.grid.outbox;

import io.citygrid.durability.Databases;
import io.citygrid.durability.PgWriter;
import io.citygrid.model.status.NodeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that a node does to tell databases later: the outbox drainer, the feeds of orders and log, the log and the reports. */
public final class Replication implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Replication.class);

    private final Ignite node;
    private final Databases databases;
    private final ReplicationLog replicationLog;
    private final OutboxDrainer outboxDrainer;
    private final OrderFeed orderFeed;
    private final LogFeed logFeed;
    private final NodeReporter reporter;
    private final DatabasePulse pulse;

    public Replication(Ignite node, PgWriter writer) {
        this.node = node;
        this.databases = writer.databases();
        this.replicationLog = new ReplicationLog(node);
        this.outboxDrainer = new OutboxDrainer(node, writer, replicationLog);
        this.orderFeed = new OrderFeed(node, writer, replicationLog);
        this.logFeed = new LogFeed(node, databases, replicationLog);
        this.reporter = new NodeReporter(node, databases, orderFeed, logFeed);
        this.pulse = new DatabasePulse(node.name(), databases, reporter::databases);
    }

    /**
     * That of a node of this process.
     *
     * @throws IllegalStateException while the node starts or stops
     */
    static Replication of(Ignite node) {
        Replication own = node.cluster().<String, Replication>nodeLocalMap().get(Replication.class.getName());
        if (own == null) {
            throw new IllegalStateException("node " + node.name() + " is not ready to tell databases");
        }
        return own;
    }

    /** What tells of every batch. */
    public ReplicationLog log() {
        return replicationLog;
    }

    /** How far the central database is behind this node's orders. */
    public Lag orderLag() {
        return orderFeed.lag();
    }

    public void start() {
        replicationLog.start();
        outboxDrainer.start();
        orderFeed.start();
        logFeed.start();
        reporter.start();
        pulse.start();
        node.cluster().<String, Replication>nodeLocalMap().put(Replication.class.getName(), this);
    }

    /** Tries the databases at once and has a round of everything; says what came of it, after {@code within} at the latest. */
    RetryResult retryNow(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        long before = delivered();
        databases.tryAgainNow();
        List<Future<?>> rounds = new ArrayList<>();
        try {
            rounds.add(outboxDrainer.retryNow());
            rounds.add(orderFeed.retryNow());
            rounds.add(logFeed.retryNow());
        } catch (RejectedExecutionException stopping) {
            log.debug("a node that stops tries nothing again", stopping);
        }
        for (Future<?> round : rounds) {
            await(round, deadline);
        }
        NodeReport now = reporter.report();
        return RetryResult.of(now, delivered() - before);
    }

    private static void await(Future<?> round, long deadline) {
        try {
            round.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException later) {
            log.debug("a round that was asked for goes on: {}", later.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private long delivered() {
        return outboxDrainer.delivered() + orderFeed.delivered() + logFeed.delivered();
    }

    /** Ends after what is under way. */
    @Override
    public void close() {
        node.cluster().<String, Replication>nodeLocalMap().remove(Replication.class.getName());
        pulse.close();
        reporter.close();
        orderFeed.close();
        outboxDrainer.close();
        logFeed.close();
        replicationLog.close();
    }
}
