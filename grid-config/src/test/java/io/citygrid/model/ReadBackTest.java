package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.CityTakeover;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.outbox.ReplicationStatus;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovement;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ignite.binary.BinaryObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Ignite reads rows past their constructors, so every one checks itself again when it is read. */
class ReadBackTest {
    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.006Z");
    private static final UUID ID = new UUID(1, 2);
    private static final BigDecimal PRICE = new BigDecimal("1.50");

    private final BinaryForm binary = new BinaryForm();

    /** A row, and a change of one of its fields that no constructor would allow. */
    record Broken(Object row, String field, Object value) {
        String name() {
            return row.getClass().getSimpleName() + "." + field + " = " + value;
        }
    }

    static Stream<Broken> rows() {
        return Stream.concat(keys(), values());
    }

    private static Stream<Broken> keys() {
        int elsewhere = CityFragment.of(1, 2);
        return Stream.of(
                new Broken(new StoreKey(1, 1), "cityFragment", elsewhere),
                new Broken(new CustomerKey(1, 1), "cityFragment", elsewhere),
                new Broken(new InventoryKey(1, 1, 1), "cityFragment", elsewhere),
                new Broken(new StockMovementKey(1, 1, ID), "cityFragment", elsewhere),
                new Broken(new OrderKey(1, 1, 1), "cityFragment", elsewhere),
                new Broken(new OrderItemKey(1, 1, 1, 1), "cityFragment", elsewhere),
                new Broken(new PaymentKey(1, 1, 1, 1), "cityFragment", elsewhere),
                new Broken(new StoreDayKey(1, 1, 20_000), "cityFragment", elsewhere),
                new Broken(new CategoryDayKey(1, 1, 20_000, 1), "cityFragment", elsewhere),
                new Broken(new OrderMappingKey(1, 1, ID), "cityFragment", 0),
                new Broken(ReplicationLogKey.first(CityFragment.of(1, 1), NOW), "cityFragment", elsewhere));
    }

    private static Stream<Broken> values() {
        return Stream.of(
                new Broken(new City("Karachi", 1, NOW, NOW), "name", " "),
                new Broken(new CityTakeover(NOW), "since", null),
                new Broken(new Category("Dairy", 1, NOW, NOW), "version", 0L),
                new Broken(new Product("SKU", null, "Milk", 1, PRICE, 1, NOW, NOW), "price", new BigDecimal("-1.00")),
                new Broken(new Store("KHI001", "Saddar", 1, 1, NOW, NOW), "code", ""),
                new Broken(new StoreCounter(1, 1, NOW), "lastOrderNo", -1L),
                new Broken(new Customer("C1", "Ayesha", 1, 1, NOW, NOW), "name", "x".repeat(151)),
                new Broken(new CustomerContact("0300", null, 1, NOW, NOW), "phone", "0".repeat(41)),
                new Broken(new Inventory(5, 1, NOW), "quantity", -1),
                new Broken(new StockMovement(1, 5, "RECEIVED", 1, NOW), "delta", 0),
                new Broken(new Order(ID, null, 1, PRICE, "COMPLETED", NOW, 1, NOW), "total", new BigDecimal("0.001")),
                new Broken(new OrderItem(1, 2, PRICE, 1, 1, NOW, 1), "quantity", 0),
                new Broken(
                        new Payment(ID, PRICE, "CASH", "PAID", PRICE, Money.ZERO, NOW, 1), "changeDue", PRICE.negate()),
                new Broken(new OrderMapping(1, 1, null, NOW, 1), "version", -1L),
                new Broken(
                        new ReplicationLogEntry("orders", "1", "karachi_db", ReplicationStatus.FAILED, "refused", NOW),
                        "status",
                        "Succes"));
    }

    @TestFactory
    Stream<DynamicTest> aRowComesBackAsItWas() {
        return rows().map(broken ->
                DynamicTest.dynamicTest(broken.row().getClass().getSimpleName(), () -> {
                    Object back = binary.of(broken.row()).deserialize();

                    assertThat(back)
                            .isNotSameAs(broken.row())
                            .usingRecursiveComparison()
                            .isEqualTo(broken.row());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aRowThatCannotBeIsNotReadBack() {
        return rows().map(broken -> DynamicTest.dynamicTest(broken.name(), () -> {
            BinaryObject stored = binary.changed(broken.row(), broken.field(), broken.value());

            assertThatThrownBy(stored::deserialize)
                    .rootCause()
                    .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class);
        }));
    }
}
