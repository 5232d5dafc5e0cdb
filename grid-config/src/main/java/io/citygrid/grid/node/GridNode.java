package io.citygrid.grid.node;

import io.citygrid.durability.Databases;
import io.citygrid.durability.PgWriter;
import io.citygrid.grid.outbox.OrderFeed;
import io.citygrid.grid.outbox.OutboxDrainer;
import java.time.Duration;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A running grid node with what runs beside it: the keeper of the baseline, the outbox drainer and the order feed. */
public final class GridNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GridNode.class);

    /** The node file of this role: the base file with the role of a data node. */
    private static final String DATA_NODE = "classpath:grid/data-node.xml";

    private final Ignite ignite;
    private final GenericXmlApplicationContext context;
    private final BaselineKeeper baselineKeeper;
    private final OutboxDrainer outboxDrainer;
    private final OrderFeed orderFeed;

    private GridNode(Ignite ignite, GenericXmlApplicationContext context, NodeSettings settings) {
        this.ignite = ignite;
        this.context = context;
        this.baselineKeeper = new BaselineKeeper(ignite, settings.founders());
        PgWriter writer = context.getBean(PgWriter.class);
        this.outboxDrainer = new OutboxDrainer(ignite, writer);
        this.orderFeed = new OrderFeed(ignite, writer);
    }

    /**
     * Starts a node and lets it join its cluster; returns when it has joined, which may be before the cluster is active.
     *
     * @throws org.apache.ignite.IgniteException if it cannot join: a port is taken, its settings differ from the cluster's
     */
    public static GridNode start(NodeSettings settings) {
        quietIgnite();
        GenericXmlApplicationContext context = new GenericXmlApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("node " + settings.name(), settings.placeholders()));
        context.load(DATA_NODE);
        context.refresh();
        try {
            context.getBean(Databases.class).open();
            GridNode node = new GridNode(Ignition.start(context.getBean(IgniteConfiguration.class)), context, settings);
            node.begin();
            log.info("node {} joined at {}", settings.name(), settings.thinAddress());
            return node;
        } catch (RuntimeException notStarted) {
            context.close();
            throw notStarted;
        }
    }

    private void begin() {
        try {
            baselineKeeper.requireSharedSurvivalGoal();
        } catch (IllegalStateException alien) {
            Ignition.stop(ignite.name(), true);
            throw alien;
        }
        baselineKeeper.start();
        outboxDrainer.start();
        orderFeed.start();
    }

    private static void quietIgnite() {
        for (Map.Entry<String, String> property : Map.of(
                        "IGNITE_QUIET", "true",
                        "IGNITE_NO_ASCII", "true",
                        "IGNITE_UPDATE_NOTIFIER", "false",
                        "IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true")
                .entrySet()) {
            if (System.getProperty(property.getKey()) == null) {
                System.setProperty(property.getKey(), property.getValue());
            }
        }
    }

    public String name() {
        return ignite.cluster().localNode().consistentId().toString();
    }

    /** The node itself, for whoever runs inside its process. */
    public Ignite ignite() {
        return ignite;
    }

    /**
     * Waits until the cluster is active and this node is in its baseline.
     *
     * @throws IllegalStateException if that takes longer than {@code within}
     */
    public void awaitServing(Duration within) {
        baselineKeeper.awaitServing(within);
    }

    /** Leaves the cluster; what is being committed is finished first. */
    @Override
    public void close() {
        orderFeed.close();
        outboxDrainer.close();
        baselineKeeper.close();
        Ignition.stop(ignite.name(), false);
        context.getBean(Databases.class).close();
        context.close();
    }
}
