package io.citygrid.grid.node;

import com.sun.management.OperatingSystemMXBean;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.TransactionConfiguration;
import org.apache.ignite.configuration.WALMode;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;

/**
 * Refuses a node's configuration, as it is about to be started, when a confirmed sale could be lost with it or a wait could last for ever.
 * Ignite starts with all of these.
 */
final class SafeSettings {
    private final IgniteConfiguration configuration;
    private final List<String> reasons = new ArrayList<>();

    /**
     * What the process may use.
     *
     * @param total of the machine, or of the container
     * @param heap how large the Java heap may grow
     * @param otherNodes what the data regions of other nodes of the process may take
     */
    record Memory(long total, long heap, long otherNodes) {
        static Memory ofThisProcess() {
            // In a container it answers the container's limit.
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return new Memory(
                    system.getTotalMemorySize(),
                    Runtime.getRuntime().maxMemory(),
                    Ignition.allGrids().stream()
                            .map(Ignite::configuration)
                            .mapToLong(SafeSettings::regionBytes)
                            .sum());
        }
    }

    private SafeSettings(IgniteConfiguration configuration) {
        this.configuration = configuration;
    }

    /** @throws UnsafeSettings with every reason */
    static void require(IgniteConfiguration configuration) {
        require(configuration, Memory.ofThisProcess());
    }

    static void require(IgniteConfiguration configuration, Memory memory) {
        SafeSettings settings = new SafeSettings(configuration);
        settings.timeouts();
        settings.storage();
        settings.memory(memory);
        settings.caches();
        if (!settings.reasons.isEmpty()) {
            throw new UnsafeSettings(settings.reasons);
        }
    }

    private void timeouts() {
        TransactionConfiguration transactions = configuration.getTransactionConfiguration();
        long transaction = transactions.getDefaultTxTimeout();
        Long detection = configuration.getFailureDetectionTimeout();
        if (transaction <= 0) {
            reasons.add(
                    "transactions have no time limit (defaultTxTimeout), so one that hangs keeps its locks for ever");
        }
        if (transactions.getTxTimeoutOnPartitionMapExchange() <= 0) {
            reasons.add(
                    "transactions have no time limit while nodes come or go (txTimeoutOnPartitionMapExchange), so one that hangs "
                            + "stops the whole cluster");
        }
        if (detection == null || detection <= 0) {
            reasons.add("a node that is silent is never given up (failureDetectionTimeout)");
        } else if (transaction > 0 && transaction <= detection) {
            reasons.add(
                    "transactions end after " + transaction + " ms, before a dead node is given up after " + detection
                            + " ms: one copy could roll back what another commits (defaultTxTimeout, failureDetectionTimeout)");
        }
        if (configuration.getDiscoverySpi() instanceof TcpDiscoverySpi discovery
                && !discovery.failureDetectionTimeoutEnabled()) {
            reasons.add("an explicit discovery time-out switches failure detection off");
        }
        if (configuration.getSqlConfiguration().getDefaultQueryTimeout() <= 0) {
            reasons.add("SQL queries have no time limit (defaultQueryTimeout)");
        }
    }

    private void storage() {
        DataStorageConfiguration storage = configuration.getDataStorageConfiguration();
        if (storage == null) {
            reasons.add("there is no data storage (dataStorageConfiguration), so nothing is kept on disk");
        } else if (storage.getWalMode() == WALMode.NONE || storage.getWalMode() == WALMode.BACKGROUND) {
            reasons.add("the write-ahead log is " + storage.getWalMode()
                    + " (walMode), so what a node confirmed is lost when its process ends: LOG_ONLY or FSYNC");
        }
    }

    private void memory(Memory memory) {
        long regions = regionBytes(configuration);
        long wanted = memory.heap() + regions + memory.otherNodes();
        if (wanted > memory.total()) {
            reasons.add(
                    "data regions of " + mebibytes(regions + memory.otherNodes()) + " and a heap of up to "
                            + mebibytes(memory.heap()) + " are more than the " + mebibytes(memory.total())
                            + " of memory here: the process would be killed when they fill. Lower --memory or -Xmx, or give it more");
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static long regionBytes(IgniteConfiguration configuration) {
        DataStorageConfiguration storage = configuration.getDataStorageConfiguration();
        return storage == null
                ? 0
                : regions(storage).values().stream()
                                .mapToLong(region -> region.getMaxSize()
                                        + (region.isPersistenceEnabled() ? region.getCheckpointPageBufferSize() : 0))
                                .sum()
                        + storage.getSystemDataRegionConfiguration().getMaxSize();
    }

    private static Map<String, DataRegionConfiguration> regions(DataStorageConfiguration storage) {
        Map<String, DataRegionConfiguration> regions = new LinkedHashMap<>();
        DataRegionConfiguration[] further =
                Objects.requireNonNullElse(storage.getDataRegionConfigurations(), new DataRegionConfiguration[0]);
        Stream.concat(Stream.of(storage.getDefaultDataRegionConfiguration()), Arrays.stream(further))
                .forEach(region -> regions.put(region.getName(), region));
        return regions;
    }

    private void caches() {
        Set<String> told = new HashSet<>();
        for (CacheConfiguration<?, ?> cache :
                Objects.requireNonNullElse(configuration.getCacheConfiguration(), new CacheConfiguration<?, ?>[0])) {
            cache(cache).stream().filter(told::add).forEach(reason -> reasons.add("cache " + cache.getName() + reason));
        }
    }

    /** A reason is told of one cache only: what is wrong with one is usually wrong with all. */
    private List<String> cache(CacheConfiguration<?, ?> cache) {
        List<String> wrong = new ArrayList<>();
        if (cache.getAtomicityMode() != CacheAtomicityMode.TRANSACTIONAL) {
            wrong.add(" is " + cache.getAtomicityMode()
                    + " (atomicityMode), so a sale that fails in the middle leaves some of its rows: TRANSACTIONAL");
        }
        if (cache.getCacheMode() == CacheMode.PARTITIONED && cache.getBackups() < 1) {
            wrong.add(" has no backups, so the death of one node loses its sales: --survive node, city or both");
        }
        if (cache.getWriteSynchronizationMode() != CacheWriteSynchronizationMode.FULL_SYNC) {
            wrong.add(" is " + cache.getWriteSynchronizationMode()
                    + " (writeSynchronizationMode), so a sale is confirmed before its copies have it: FULL_SYNC");
        }
        if (cache.getPartitionLossPolicy() == PartitionLossPolicy.IGNORE) {
            wrong.add(
                    " ignores the loss of all copies (partitionLossPolicy), so a store whose rows are away looks empty and sells on: "
                            + "READ_WRITE_SAFE");
        }
        if (cache.getDefaultLockTimeout() <= 0) {
            wrong.add(" waits for locks without a limit (defaultLockTimeout)");
        }
        if (!isStatus(cache) && !isKeptOnDisk(cache)) {
            wrong.add(" is kept in memory alone (persistenceEnabled), so it is gone when all nodes are");
        }
        return wrong;
    }

    /** What nodes tell each other about now is worked out anew after a start. */
    private static boolean isStatus(CacheConfiguration<?, ?> cache) {
        return GridCaches.ALL.stream()
                .anyMatch(known ->
                        known.kind() == GridCache.Kind.STATUS && known.name().equals(cache.getName()));
    }

    private boolean isKeptOnDisk(CacheConfiguration<?, ?> cache) {
        DataStorageConfiguration storage = configuration.getDataStorageConfiguration();
        if (storage == null) {
            return false;
        }
        String region = Optional.ofNullable(cache.getDataRegionName())
                .orElse(storage.getDefaultDataRegionConfiguration().getName());
        DataRegionConfiguration found = regions(storage).get(region);
        return found != null && found.isPersistenceEnabled();
    }
}
