package io.citygrid.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.GridCache.Kind;
import io.citygrid.model.CityKey;
import io.citygrid.placement.CityAffinityFunction;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.placement.SurvivalGoal;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheKeyConfiguration;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GridCachesTest {
    @Test
    void everyCacheIsConfiguredOnce() {
        assertThat(every(SurvivalGoal.BOTH).map(CacheConfiguration::getName))
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(
                        GridCaches.ALL.stream().map(GridCache::name).toList());
    }

    @Test
    void everyCacheTakesPartInTransactionsAndWaitsForAllCopies() {
        assertThat(every(SurvivalGoal.BOTH)).allSatisfy(cache -> {
            assertThat(cache.getAtomicityMode()).isEqualTo(CacheAtomicityMode.TRANSACTIONAL);
            assertThat(cache.getWriteSynchronizationMode()).isEqualTo(CacheWriteSynchronizationMode.FULL_SYNC);
        });
    }

    @Test
    void whatNodesTellEachOtherIsInMemoryAlone() {
        assertThat(every(SurvivalGoal.BOTH).filter(GridCachesTest::isStatus))
                .isNotEmpty()
                .allSatisfy(cache -> {
                    assertThat(cache.getDataRegionName()).isEqualTo("status");
                    assertThat(cache.getGroupName()).isEqualTo("status");
                    assertThat(cache.getCacheMode()).isEqualTo(CacheMode.REPLICATED);
                });
    }

    @Test
    void noCacheLooksEmptyWhenItsCopiesAreLost() {
        assertThat(every(SurvivalGoal.BOTH))
                .extracting(CacheConfiguration::getPartitionLossPolicy)
                .containsOnly(PartitionLossPolicy.READ_WRITE_SAFE);
    }

    @Test
    void everyCacheLiesOnDataNodesOnly() {
        assertThat(every(SurvivalGoal.BOTH))
                .extracting(CacheConfiguration::getNodeFilter)
                .usingRecursiveFieldByFieldElementComparator()
                .containsOnly(NodeAttributes.dataNodes());
    }

    @Test
    void noCacheHasAStoreOfItsOwn() {
        assertThat(every(SurvivalGoal.BOTH)).allSatisfy(cache -> {
            assertThat(cache.getCacheStoreFactory()).isNull();
            assertThat(cache.getCacheWriterFactory()).isNull();
            assertThat(cache.getCacheLoaderFactory()).isNull();
            assertThat(cache.isWriteThrough()).isFalse();
            assertThat(cache.isReadThrough()).isFalse();
        });
    }

    @Test
    void noCacheWaitsForALockForEver() {
        assertThat(every(SurvivalGoal.BOTH))
                .allSatisfy(cache -> assertThat(cache.getDefaultLockTimeout()).isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void cityCachesHaveTheBackupsOfTheGoal(SurvivalGoal goal) {
        assertThat(ofKind(goal, true)).hasSize(15).allSatisfy(cache -> {
            assertThat(cache.getCacheMode()).isEqualTo(CacheMode.PARTITIONED);
            assertThat(cache.getBackups()).isEqualTo(goal.backups());
        });
    }

    @ParameterizedTest
    @EnumSource
    void cityCachesShareOneGroupAndOneAffinity(SurvivalGoal goal) {
        assertThat(ofKind(goal, true)).allSatisfy(cache -> {
            assertThat(cache.getGroupName()).isEqualTo("city");
            assertThat(cache.getAffinity())
                    .isExactlyInstanceOf(CityAffinityFunction.class)
                    .usingRecursiveComparison()
                    .isEqualTo(new CityAffinityFunction(goal));
        });
    }

    @Test
    void referenceCachesAreOnEveryNode() {
        assertThat(ofKind(SurvivalGoal.BOTH, false).filter(cache -> isReference(cache)))
                .hasSize(6)
                .allSatisfy(cache -> {
                    assertThat(cache.getCacheMode()).isEqualTo(CacheMode.REPLICATED);
                    assertThat(cache.getGroupName()).isEqualTo("reference");
                    assertThat(cache.getAffinity()).isExactlyInstanceOf(RendezvousAffinityFunction.class);
                });
    }

    @Test
    void whatSaysThatTheGridIsClosedIsOnEveryNodesDiskAndNoRestoreTouchesIt() {
        CacheConfiguration<?, ?> closings = configured(GridCaches.GRID_CLOSINGS.name());
        assertThat(closings.getCacheMode()).isEqualTo(CacheMode.REPLICATED);
        assertThat(closings.getDataRegionName()).isNull();
        assertThat(closings.getGroupName()).isEqualTo("operations");
        assertThat(GridCaches.RESTORED_GROUPS)
                .doesNotContain("operations")
                .containsExactlyInAnyOrder("city", "reference");
        assertThat(GridCaches.ALL)
                .filteredOn(cache -> !GridCaches.isRestored(cache))
                .extracting(GridCache::name)
                .containsExactlyInAnyOrder("fragment_openings", "node_reports", "grid_closings");
    }

    @Test
    void theAffinityKeyOfEveryCityCacheIsTheFragment() {
        assertThat(GridCaches.ALL)
                .filteredOn(cache -> cache.kind().fragmented())
                .allSatisfy(cache -> {
                    assertThat(CityKey.class).isAssignableFrom(cache.keyType());
                    assertThat(cache.keyType()
                                    .getDeclaredField("cityFragment")
                                    .isAnnotationPresent(AffinityKeyMapped.class))
                            .isTrue();
                    assertThat(configured(cache.name()).getKeyConfiguration())
                            .containsExactly(
                                    new CacheKeyConfiguration(cache.keyType().getName(), "cityFragment"));
                });
    }

    @Test
    void everyCacheOfRowsIsAnSqlTableOfItsName() {
        assertThat(GridCaches.ALL).allSatisfy(cache -> {
            var tables = configured(cache.name()).getQueryEntities();
            if (!cache.kind().inSql()) {
                assertThat(tables).isEmpty();
            } else {
                assertThat(tables).singleElement().satisfies(table -> {
                    assertThat(table.getTableName()).isEqualTo(cache.name());
                    assertThat(table.getKeyType()).isEqualTo(cache.keyType().getName());
                    assertThat(table.getValueType()).isEqualTo(cache.valueType().getName());
                });
            }
        });
    }

    @Test
    void everyCacheOfReferenceOrCityRowsHasAPostgresTableOfItsName() {
        assertThat(PgTables.all().stream().map(PgTable::name))
                .containsExactlyInAnyOrderElementsOf(GridCaches.ALL.stream()
                        .filter(cache -> cache.kind().inPostgres())
                        .map(GridCache::name)
                        .toList());
    }

    @Test
    void gridAndPostgresTablesHaveTheSameColumns() {
        assertThat(PgTables.all()).allSatisfy(table -> {
            var entity = configured(table.name()).getQueryEntities().iterator().next();
            Stream<String> columns = entity.getFields().keySet().stream()
                    .map(field -> entity.getAliases().getOrDefault(field, field));
            assertThat(columns).containsExactlyInAnyOrderElementsOf(table.columnNames());
        });
    }

    @Test
    void theReplicationLogHasTheColumnsOfItsCentralTable() {
        var entity = configured("replication_log").getQueryEntities().iterator().next();
        Stream<String> columns = entity.getFields().keySet().stream()
                .map(field -> entity.getAliases().getOrDefault(field, field));

        assertThat(columns)
                .containsExactlyInAnyOrder(
                        "city_fragment", "id", "table_name", "record_id", "target_db", "status", "message", "log_time");
    }

    @Test
    void theOrderTablesAreIndexedByWhatJoinsThem() {
        assertThat(Stream.of("orders", "order_items", "payments")).allSatisfy(name -> assertThat(
                        configured(name).getQueryEntities().iterator().next().getIndexes())
                .anySatisfy(index ->
                        assertThat(index.getFields().keySet()).containsExactly("cityFragment", "storeId", "orderNo")));
    }

    @Test
    void aCacheIsFoundByItsName() {
        assertThat(GridCaches.ALL)
                .allSatisfy(cache -> assertThat(GridCaches.named(cache.name())).isSameAs(cache));
        assertThatThrownBy(() -> GridCaches.named("order"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no cache is named order");
    }

    private static Stream<CacheConfiguration<?, ?>> every(SurvivalGoal goal) {
        return Arrays.stream(GridCaches.configurations(goal, false));
    }

    private static CacheConfiguration<?, ?> configured(String name) {
        return every(SurvivalGoal.BOTH)
                .filter(cache -> cache.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isReference(CacheConfiguration<?, ?> cache) {
        Kind kind = GridCaches.named(cache.getName()).kind();
        return kind == Kind.REFERENCE || kind == Kind.REFERENCE_GRID_ONLY;
    }

    private static boolean isStatus(CacheConfiguration<?, ?> cache) {
        return GridCaches.named(cache.getName()).kind() == Kind.STATUS;
    }

    private static Stream<CacheConfiguration<?, ?>> ofKind(SurvivalGoal goal, boolean fragmented) {
        return every(goal)
                .filter(cache -> GridCaches.named(cache.getName()).kind().fragmented() == fragmented);
    }
}
