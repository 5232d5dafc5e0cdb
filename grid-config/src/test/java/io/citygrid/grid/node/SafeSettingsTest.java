package io.citygrid.grid.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.node.SafeSettings.Memory;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.WALMode;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.GenericXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The configuration that a node is really started with, with one thing changed at a time. */
class SafeSettingsTest {
    private static final Memory PLENTY = new Memory(64L << 30, 1L << 30, 0);

    @TempDir
    private Path directory;

    private GenericXmlApplicationContext context;
    private IgniteConfiguration configuration;

    @BeforeEach
    void read() {
        context = context(SurvivalGoal.BOTH);
        configuration = context.getBean(IgniteConfiguration.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    private GenericXmlApplicationContext context(SurvivalGoal goal) {
        NodeSettings settings = new NodeSettings(
                "karachi-1",
                Set.of(1),
                "127.0.0.1",
                10800,
                11800,
                12800,
                List.of("127.0.0.1:11800"),
                List.of("karachi-1"),
                directory,
                NodeSettings.REGION_BYTES_DEFAULT,
                goal,
                CityLoss.HAND_OVER,
                WriteThroughMode.IN_TRANSACTION,
                Duration.ZERO,
                new DatabaseSettings(
                        Map.of(DatabaseSettings.CENTRAL, "jdbc:postgresql://127.0.0.1:1/none"), "pos", "x"),
                false);
        GenericXmlApplicationContext read = new GenericXmlApplicationContext();
        read.getEnvironment().getPropertySources().addFirst(new MapPropertySource("node", settings.placeholders()));
        read.load("classpath:grid/data-node.xml");
        read.refresh();
        return read;
    }

    @ParameterizedTest
    @EnumSource(SurvivalGoal.class)
    void whatNodesAreStartedWithIsSafe(SurvivalGoal goal) {
        try (GenericXmlApplicationContext own = context(goal)) {
            assertThatCode(() -> SafeSettings.require(own.getBean(IgniteConfiguration.class), PLENTY))
                    .doesNotThrowAnyException();
        }
    }

    private static Arguments unsafe(String reason, Consumer<IgniteConfiguration> change) {
        return Arguments.of(reason, change);
    }

    private static CacheConfiguration<?, ?> orders(IgniteConfiguration configuration) {
        return Arrays.stream(configuration.getCacheConfiguration())
                .filter(cache -> cache.getName().equals(GridCaches.ORDERS.name()))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                unsafe("cache orders has no backups", changed -> orders(changed).setBackups(0)),
                unsafe("cache orders is ATOMIC", changed -> orders(changed)
                        .setAtomicityMode(CacheAtomicityMode.ATOMIC)),
                unsafe("cache orders is PRIMARY_SYNC", changed -> orders(changed)
                        .setWriteSynchronizationMode(CacheWriteSynchronizationMode.PRIMARY_SYNC)),
                unsafe("cache orders ignores the loss of all copies", changed -> orders(changed)
                        .setPartitionLossPolicy(PartitionLossPolicy.IGNORE)),
                unsafe("cache orders waits for locks without a limit", changed -> orders(changed)
                        .setDefaultLockTimeout(0)),
                unsafe("cache orders is kept in memory alone", changed -> orders(changed)
                        .setDataRegionName("status")),
                unsafe("cache city_databases is kept in memory alone", changed -> changed.getDataStorageConfiguration()
                        .getDefaultDataRegionConfiguration()
                        .setPersistenceEnabled(false)),
                unsafe("write-ahead log is NONE", changed -> changed.getDataStorageConfiguration()
                        .setWalMode(WALMode.NONE)),
                unsafe("write-ahead log is BACKGROUND", changed -> changed.getDataStorageConfiguration()
                        .setWalMode(WALMode.BACKGROUND)),
                unsafe(
                        "transactions have no time limit (defaultTxTimeout)",
                        changed -> changed.getTransactionConfiguration().setDefaultTxTimeout(0)),
                unsafe(
                        "transactions have no time limit while nodes come or go",
                        changed -> changed.getTransactionConfiguration().setTxTimeoutOnPartitionMapExchange(0)),
                unsafe(
                        "transactions end after 2500 ms, before a dead node is given up after 2500 ms",
                        changed -> changed.getTransactionConfiguration().setDefaultTxTimeout(2_500)),
                unsafe("a node that is silent is never given up", changed -> changed.setFailureDetectionTimeout(0)),
                unsafe(
                        "an explicit discovery time-out switches failure detection off",
                        changed -> ((TcpDiscoverySpi) changed.getDiscoverySpi()).setSocketTimeout(1_000)),
                unsafe("SQL queries have no time limit", changed -> changed.getSqlConfiguration()
                        .setDefaultQueryTimeout(0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void isRefusedWithTheReason(String reason, Consumer<IgniteConfiguration> change) {
        change.accept(configuration);

        assertThatThrownBy(() -> SafeSettings.require(configuration, PLENTY))
                .isInstanceOf(UnsafeSettings.class)
                .hasMessageContaining(reason);
    }

    @Test
    void allReasonsAreToldAtOnceInOneLine() {
        orders(configuration).setBackups(0);
        configuration.getSqlConfiguration().setDefaultQueryTimeout(0);

        assertThatThrownBy(() -> SafeSettings.require(configuration, PLENTY))
                .hasMessageContainingAll("cache orders has no backups", "SQL queries have no time limit")
                .message()
                .hasLineCount(1);
    }

    @Test
    void whatIsWrongWithAllCachesIsToldOnce() {
        Arrays.stream(configuration.getCacheConfiguration()).forEach(cache -> cache.setDefaultLockTimeout(0));

        assertThatThrownBy(() -> SafeSettings.require(configuration, PLENTY))
                .message()
                .containsOnlyOnce("waits for locks without a limit");
    }

    @Test
    void memoryThatIsNotThereIsNotPromised() {
        long region = NodeSettings.REGION_BYTES_DEFAULT;
        assertThatThrownBy(() -> SafeSettings.require(configuration, new Memory(region + (256L << 20), 128L << 20, 0)))
                .hasMessageContaining("are more than the 416 MiB of memory here");
    }

    @Test
    void nodesThatShareAProcessShareItsMemory() {
        long gibibyte = 1L << 30;
        assertThatCode(() -> SafeSettings.require(configuration, new Memory(2 * gibibyte, gibibyte, 0)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SafeSettings.require(configuration, new Memory(2 * gibibyte, gibibyte, gibibyte)))
                .hasMessageContaining("a heap of up to 1024 MiB are more than the 2048 MiB");
    }
}
