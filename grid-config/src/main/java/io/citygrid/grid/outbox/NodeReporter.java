package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.Reachability;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.Moments;
import io.citygrid.model.catalog.City;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.Database;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;

/** Tells the other nodes once a second how far the databases are behind this one. */
final class NodeReporter implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long REPORTED_WITHIN_MILLIS = 1_000;

    private final Ignite node;
    private final String nodeName;
    private final Databases databases;
    private final OrderFeed orderFeed;
    private final LogFeed logFeed;
    private final OutboxBacklog backlog;
    private final Rounds rounds;

    NodeReporter(Ignite node, Databases databases, OrderFeed orderFeed, LogFeed logFeed) {
        this.node = node;
        this.nodeName = node.cluster().localNode().consistentId().toString();
        this.databases = databases;
        this.orderFeed = orderFeed;
        this.logFeed = logFeed;
        this.backlog = new OutboxBacklog(node);
        this.rounds = new Rounds("node-reporter-" + node.name(), PAUSE, this::round);
    }

    void start() {
        rounds.start();
    }

    private boolean round() {
        GridCaches.NODE_REPORTS
                .on(node)
                .putAsync(nodeName, report())
                .get(REPORTED_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        return true;
    }

    /** How it is now. */
    synchronized NodeReport report() {
        Map<Integer, Long> entries = backlog.entries();
        Map<Integer, Instant> oldest = backlog.oldest(entries);
        Set<Integer> cities = cities();
        cities.addAll(entries.keySet());
        return new NodeReport(
                nodeName,
                Moments.now(),
                cities.stream()
                        .map(city -> new NodeReport.City(
                                city, database(city), entries.getOrDefault(city, 0L), oldest.get(city)))
                        .toList(),
                database(DatabaseSettings.CENTRAL),
                orderFeed.waiting(),
                logFeed.waiting());
    }

    private Database database(int cityId) {
        Reachability reachability = databases.reachability(cityId);
        return new Database(
                databases.settings().name(cityId),
                reachability.reachable(),
                reachability.since(),
                reachability.reason());
    }

    /** The cities that this node is the home of, and those that it serves for others. */
    private Set<Integer> cities() {
        Set<Integer> cities = new TreeSet<>(NodeAttributes.cities(node.cluster().localNode()));
        Set<Integer> served = new TreeSet<>();
        for (int fragment : node.affinity(GridCaches.OUTBOX.name())
                .primaryPartitions(node.cluster().localNode())) {
            if (fragment >= CityFragment.SLOTS) {
                served.add(CityFragment.cityOf(fragment));
            }
        }
        for (Cache.Entry<Integer, City> city : GridCaches.CITIES.on(node).localEntries(CachePeekMode.ALL)) {
            if (served.contains(city.getKey())) {
                cities.add(city.getKey());
            }
        }
        return cities;
    }

    /** Those cities, and 0 for the central database. */
    Set<Integer> databases() {
        Set<Integer> cities = cities();
        cities.add(DatabaseSettings.CENTRAL);
        return cities;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
