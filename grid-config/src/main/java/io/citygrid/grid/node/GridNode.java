package io.citygrid.grid.node;

import io.citygrid.durability.Databases;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.backup.Backups;
import io.citygrid.grid.growth.LearnedDatabases;
import io.citygrid.grid.leave.Leaving;
import io.citygrid.grid.metrics.NodeEndpoint;
import io.citygrid.grid.metrics.NodeMonitoring;
import io.citygrid.grid.outbox.Replication;
import io.citygrid.grid.reconcile.FragmentOpener;
import io.citygrid.grid.rollup.RollupFeed;
import io.citygrid.grid.sql.ReportViews;
import io.citygrid.grid.warehouse.WarehouseFeed;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.security.plugin.GridSecurity;
import io.citygrid.security.plugin.KnownClasses;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A running grid node with what runs beside it: the keeper of the baseline, the opener of its fragments, what keeps the sums and
 * the views for reports, and what tells databases later.
 */
public final class GridNode implements AutoCloseable {
    /** On the class path: what a node makes objects of, when bytes tell it to. */
    private static final String DESERIALISED = "io/citygrid/security/deserialised-classes.properties";

    private static final String NEVER_DESERIALISED = "io/citygrid/security/refused-classes.properties";

    private static final Logger log = LoggerFactory.getLogger(GridNode.class);

    /** The node file of this role: the base file with the role of a data node. */
    private static final String DATA_NODE = "classpath:grid/data-node.xml";

    private final Ignite ignite;
    private final GenericXmlApplicationContext context;
    private final BaselineKeeper baselineKeeper;
    private final Replication replication;
    private final FragmentOpener fragmentOpener;
    private final LearnedDatabases learnedDatabases;
    private final Leaving leaving;
    private final RollupFeed rollupFeed;
    private final ReportViews reportViews;
    private final WarehouseFeed warehouseFeed;
    private final Backups backups;
    private final StandstillWatch standstillWatch;
    private final NodeTrust trust;
    private final NodeStop stop;
    private boolean closed;
    private final NodeMonitoring monitoring;
    private final @Nullable NodeEndpoint endpoint;

    private GridNode(
            Ignite ignite,
            GenericXmlApplicationContext context,
            NodeSettings settings,
            NodeTrust trust,
            @Nullable NodeEndpoint endpoint) {
        this.ignite = ignite;
        this.context = context;
        this.replication = new Replication(ignite, context.getBean(PgWriter.class));
        this.fragmentOpener = new FragmentOpener(ignite);
        this.learnedDatabases =
                new LearnedDatabases(ignite, context.getBean(Databases.class), fragmentOpener::lookAfter);
        this.baselineKeeper = new BaselineKeeper(ignite, settings.founders(), learnedDatabases::complete);
        this.leaving = new Leaving(ignite, this::close);
        ZoneId zone = NodeAttributes.businessZone(ignite.cluster().localNode());
        this.rollupFeed = new RollupFeed(ignite, zone);
        this.warehouseFeed = new WarehouseFeed(ignite, context.getBean(Databases.class), zone, replication.log());
        this.reportViews = new ReportViews(ignite);
        this.backups = new Backups(ignite, context.getBean(Databases.class), settings.backups());
        this.standstillWatch = new StandstillWatch(
                settings.name(), Duration.ofMillis(ignite.configuration().getFailureDetectionTimeout()));
        this.monitoring = new NodeMonitoring(
                ignite,
                context.getBean(Databases.class),
                Map.of(
                        "sums", rollupFeed.lag(),
                        "warehouse", warehouseFeed.lag(),
                        "order_mapping", replication.orderLag()));
        this.endpoint = endpoint;
        this.trust = trust;
        this.stop = new NodeStop(ignite, settings.haltOnFailure());
    }

    /**
     * Starts a node and lets it join its cluster; returns when it has joined, which may be before the cluster is active.
     *
     * @throws UnsafeSettings if with its settings, clock or databases a confirmed sale could be lost
     * @throws io.citygrid.security.tls.Peers.Untrusted if other nodes are there and none trusts it, or it none of them
     * @throws org.apache.ignite.IgniteException if it cannot join: a port is taken, its settings differ from the cluster's
     */
    public static GridNode start(NodeSettings settings) {
        return start(settings, List.of());
    }

    /**
     * As {@link #start(NodeSettings)}.
     *
     * @param furtherTargets what learns of every change besides PostgreSQL, as another grid could; the same on all nodes
     */
    public static GridNode start(NodeSettings settings, List<OutboxTarget> furtherTargets) {
        prepareIgnite();
        Map<String, Object> placeholders = settings.placeholders();
        NodeTrust trust = new NodeTrust(settings);
        placeholders.put("citygrid.discovery.addresses", String.join(",", trust.peers()));
        GenericXmlApplicationContext context = new GenericXmlApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("node " + settings.name(), placeholders));
        context.load(DATA_NODE);
        context.refresh();
        @Nullable NodeEndpoint endpoint = null;
        try {
            IgniteConfiguration configuration = context.getBean(IgniteConfiguration.class);
            SafeSettings.require(configuration);
            configuration.setClassLoader(KnownClasses.listed().guardRequests());
            useSecurity(configuration, settings);
            if (settings.metricsPort() != NodeSettings.NO_METRICS_PORT) {
                endpoint = NodeEndpoint.open(
                        settings.name(), settings.host(), settings.metricsPort(), trust.endpointContext());
            }
            context.getBean(Databases.class).expectMore();
            context.getBean(Databases.class).open();
            requireSafe(context.getBean(Databases.class));
            context.getBean(WriteThrough.class).alsoTell(furtherTargets);
            GridNode node = new GridNode(Ignition.start(configuration), context, settings, trust, endpoint);
            node.begin(settings.haltOnFailure());
            log.info("node {} joined at {}", settings.name(), settings.thinAddress());
            return node;
        } catch (RuntimeException notStarted) {
            if (endpoint != null) {
                endpoint.close();
            }
            context.close();
            throw trust.explain(notStarted);
        }
    }

    /** Those that answer; what is wrong with another is found when it does, and shown as the reason why it is not used. */
    private static void requireSafe(Databases databases) {
        if (!databases.unsafe().isEmpty()) {
            throw new UnsafeSettings(databases.unsafe().entrySet().stream()
                    .map(database -> "database " + database.getKey() + ": " + database.getValue())
                    .toList());
        }
    }

    private static void useSecurity(IgniteConfiguration configuration, NodeSettings settings) {
        if (settings.security() == null) {
            log.warn(
                    "NODE {} RUNS WITHOUT USERS: whoever reaches its ports may read, change and delete everything."
                            + " Start it with --users FILE.",
                    settings.name());
            return;
        }
        configuration.setPluginProviders(GridSecurity.of(settings.security(), settings.name()));
    }

    private void begin(boolean ownProcess) {
        try {
            trust.requireNotAlone(ignite);
            baselineKeeper.requireSharedChoices();
            Clocks.requireTogether(ignite, Clock.systemUTC());
        } catch (IllegalStateException alien) {
            stop.now();
            throw alien;
        }
        baselineKeeper.start();
        learnedDatabases.start();
        leaving.start();
        replication.start();
        fragmentOpener.start();
        rollupFeed.start();
        reportViews.start();
        warehouseFeed.start();
        backups.start();
        if (ownProcess) {
            standstillWatch.start();
        }
        if (endpoint != null) {
            endpoint.serve(monitoring.health(), monitoring::scrape);
        }
    }

    /** What Ignite reads from system properties when it starts; what is set already stays. */
    private static void prepareIgnite() {
        for (Map.Entry<String, String> property : Map.of(
                        "IGNITE_QUIET", "true",
                        "IGNITE_NO_ASCII", "true",
                        "IGNITE_UPDATE_NOTIFIER", "false",
                        "IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true",
                        "IGNITE_MARSHALLER_WHITELIST", DESERIALISED,
                        "IGNITE_MARSHALLER_BLACKLIST", NEVER_DESERIALISED)
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

    /** All its metrics as they are now, in Prometheus' text format: what its endpoint answers, if it has one. */
    public String scrape() {
        return monitoring.scrape();
    }

    /**
     * Waits until the cluster is active and this node is in its baseline.
     *
     * @throws IllegalStateException if that takes longer than {@code within}
     */
    public void awaitServing(Duration within) {
        baselineKeeper.awaitServing(within);
    }

    /**
     * Called while it waits for others: perhaps they are there, and they and it do not trust each other.
     *
     * @throws io.citygrid.security.tls.Peers.Untrusted if that is so
     */
    public void requireTrustedPeers() {
        trust.requireNotAlone(ignite);
    }

    /** How the node leaves when the grid asks it to; without being told otherwise it is closed and cannot be restarted. */
    public Leaving leaving() {
        return leaving;
    }

    /** Leaves the cluster; what is being committed is finished first. Doing it twice is doing it once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (endpoint != null) {
            endpoint.close();
        }
        monitoring.close();
        standstillWatch.close();
        backups.close();
        reportViews.close();
        warehouseFeed.close();
        rollupFeed.close();
        learnedDatabases.close();
        fragmentOpener.close();
        replication.close();
        baselineKeeper.close();
        stop.gently();
        context.getBean(Databases.class).close();
        context.close();
    }
}
