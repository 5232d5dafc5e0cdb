package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.outbox.OutboxKey;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of city data: its fragment, equality, and the order in which rows are locked. */
class KeysTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.006Z");

    /** Keys of one type in ascending order; each differs from the one before, and the list is made anew at each call. */
    record Ascending(Class<?> type, Supplier<List<? extends CityKey>> keys) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Ascending> keys() {
        return Stream.of(
                new Ascending(
                        StoreKey.class,
                        () -> List.of(new StoreKey(1, 1), new StoreKey(1, 17), new StoreKey(1, 2), new StoreKey(2, 1))),
                new Ascending(
                        CustomerKey.class,
                        () -> List.of(new CustomerKey(1, 1), new CustomerKey(1, 17), new CustomerKey(2, 1))),
                new Ascending(
                        InventoryKey.class,
                        () -> List.of(
                                new InventoryKey(1, 1, 1),
                                new InventoryKey(1, 1, 2),
                                new InventoryKey(1, 17, 1),
                                new InventoryKey(2, 1, 1))),
                new Ascending(
                        StockMovementKey.class,
                        () -> List.of(
                                new StockMovementKey(1, 1, FIRST),
                                new StockMovementKey(1, 1, SECOND),
                                new StockMovementKey(1, 17, FIRST),
                                new StockMovementKey(2, 1, FIRST))),
                new Ascending(
                        OrderKey.class,
                        () -> List.of(
                                new OrderKey(1, 1, 1),
                                new OrderKey(1, 1, 1L << 40),
                                new OrderKey(1, 17, 1),
                                new OrderKey(2, 1, 1))),
                new Ascending(
                        OrderItemKey.class,
                        () -> List.of(
                                new OrderItemKey(1, 1, 1, 1),
                                new OrderItemKey(1, 1, 1, 2),
                                new OrderItemKey(1, 1, 1L << 40, 1),
                                new OrderItemKey(1, 17, 1, 1),
                                new OrderItemKey(2, 1, 1, 1))),
                new Ascending(
                        PaymentKey.class,
                        () -> List.of(
                                new PaymentKey(1, 1, 1, 1),
                                new PaymentKey(1, 1, 1, 2),
                                new PaymentKey(1, 1, 1L << 40, 1),
                                new PaymentKey(1, 17, 1, 1),
                                new PaymentKey(2, 1, 1, 1))),
                new Ascending(
                        OrderMappingKey.class,
                        () -> List.of(
                                new OrderMappingKey(1, 1, FIRST),
                                new OrderMappingKey(1, 1, SECOND),
                                new OrderMappingKey(2, 1, FIRST))),
                new Ascending(
                        StoreDayKey.class,
                        () -> List.of(
                                new StoreDayKey(1, 1, 20_000),
                                new StoreDayKey(1, 1, 20_001),
                                new StoreDayKey(1, 17, 20_000),
                                new StoreDayKey(2, 1, 20_000))),
                new Ascending(
                        CategoryDayKey.class,
                        () -> List.of(
                                new CategoryDayKey(1, 1, 20_000, 1),
                                new CategoryDayKey(1, 1, 20_000, 2),
                                new CategoryDayKey(1, 1, 20_001, 1),
                                new CategoryDayKey(1, 17, 20_000, 1),
                                new CategoryDayKey(2, 1, 20_000, 1))),
                new Ascending(
                        OutboxKey.class,
                        () -> List.of(new OutboxKey(17, FIRST), new OutboxKey(17, SECOND), new OutboxKey(33, FIRST))),
                new Ascending(
                        ReplicationLogKey.class,
                        () -> List.of(
                                ReplicationLogKey.first(17, MOMENT),
                                ReplicationLogKey.first(17, MOMENT).next(),
                                ReplicationLogKey.first(17, MOMENT.plusMillis(1)),
                                ReplicationLogKey.first(33, MOMENT))));
    }

    @Test
    void noKeyTypeIsLeftOut() {
        var types = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("io.citygrid.model").stream()
                        .filter(type -> type.isAssignableTo(CityKey.class) && !type.isInterface())
                        .map(type -> type.getName());

        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(
                        keys().map(key -> key.type().getName()).toList());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysOfTheSamePartsAreEqual(Ascending ascending) {
        List<? extends CityKey> keys = ascending.keys().get();
        List<? extends CityKey> again = ascending.keys().get();

        for (int i = 0; i < keys.size(); i++) {
            assertThat(keys.get(i)).isEqualTo(again.get(i)).hasSameHashCodeAs(again.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysThatDifferInAnyPartAreNotEqual(Ascending ascending) {
        assertThat(ascending.keys().get()).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(ascending.keys().get().get(0)).isNotEqualTo(null).isNotEqualTo("a text");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysAreOrderedByFragmentFirstAndThenByTheirParts(Ascending ascending) {
        List<CityKey> shuffled = new ArrayList<>(ascending.keys().get());
        Collections.shuffle(shuffled, new Random(5));

        assertThat(new ArrayList<>(new TreeSet<>(shuffled)))
                .isEqualTo(ascending.keys().get());
        assertThat(ascending.keys().get()).extracting(CityKey::cityFragment).isSorted();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theFragmentFollowsFromCityAndOwner(Ascending ascending) {
        List<? extends CityKey> keys = ascending.keys().get();

        assertThat(keys.get(0).cityFragment()).isEqualTo(CityFragment.of(1, 1));
        assertThat(keys.get(keys.size() - 1).cityFragment()).isEqualTo(CityFragment.of(2, 1));
    }

    @Test
    void everythingOfAStoreLiesInOneFragment() {
        int fragment = CityFragment.of(2, 37);

        assertThat(List.<CityKey>of(
                        new StoreKey(2, 37),
                        new InventoryKey(2, 37, 5),
                        new StockMovementKey(2, 37, FIRST),
                        new OrderKey(2, 37, 9),
                        new OrderItemKey(2, 37, 9, 1),
                        new PaymentKey(2, 37, 9, 1),
                        new OrderMappingKey(2, 37, FIRST)))
                .allMatch(key -> key.cityFragment() == fragment);
    }
}
