package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.CityDatabase;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.store.Store;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row that is merged by content: what counts as a change, and how versions and times go on. */
class VersionedTest {
    private static final Instant OPENED = Instant.parse("2024-01-02T03:04:05.006Z");
    private static final Instant CHANGED = OPENED.plusSeconds(60);

    /** A type of row: its content at a version and a time, and the same with one field changed, for every field. */
    record Rows<V extends Versioned<V>>(Class<V> type, Content<V> content, List<Content<V>> changed) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    interface Content<V> extends BiFunction<Long, Instant, V> {}

    static Stream<Rows<?>> rows() {
        return Stream.of(
                new Rows<>(
                        City.class,
                        (v, at) -> new City("Karachi", v, at, at),
                        List.of((v, at) -> new City("Lahore", v, at, at))),
                new Rows<>(
                        CityDatabase.class,
                        (v, at) -> new CityDatabase("jdbc:postgresql://db:5432/karachi_db", v, at, at),
                        List.of((v, at) -> new CityDatabase("jdbc:postgresql://db:5432/lahore_db", v, at, at))),
                new Rows<>(
                        Category.class,
                        (v, at) -> new Category("Dairy", v, at, at),
                        List.of((v, at) -> new Category("Bakery", v, at, at))),
                new Rows<>(
                        Store.class,
                        (v, at) -> new Store("KHI001", "Saddar", 1, v, at, at),
                        List.of(
                                (v, at) -> new Store("KHI002", "Saddar", 1, v, at, at),
                                (v, at) -> new Store("KHI001", "Clifton", 1, v, at, at),
                                (v, at) -> new Store("KHI001", "Saddar", 2, v, at, at))),
                new Rows<>(
                        Customer.class,
                        (v, at) -> new Customer("C1", "Ayesha", 1, v, at, at),
                        List.of(
                                (v, at) -> new Customer("C2", "Ayesha", 1, v, at, at),
                                (v, at) -> new Customer("C1", "Bilal", 1, v, at, at),
                                (v, at) -> new Customer("C1", "Ayesha", 2, v, at, at))),
                new Rows<>(
                        CustomerContact.class,
                        (v, at) -> new CustomerContact("0300", "a@b.pk", v, at, at),
                        List.of(
                                (v, at) -> new CustomerContact("0301", "a@b.pk", v, at, at),
                                (v, at) -> new CustomerContact(null, "a@b.pk", v, at, at),
                                (v, at) -> new CustomerContact("0300", "c@d.pk", v, at, at),
                                (v, at) -> new CustomerContact("0300", null, v, at, at))),
                new Rows<>(
                        Product.class,
                        (v, at) -> product("SKU1", "890", "Milk", 1, "1.50", v, at),
                        List.of(
                                (v, at) -> product("SKU2", "890", "Milk", 1, "1.50", v, at),
                                (v, at) -> product("SKU1", "891", "Milk", 1, "1.50", v, at),
                                (v, at) -> product("SKU1", null, "Milk", 1, "1.50", v, at),
                                (v, at) -> product("SKU1", "890", "Bread", 1, "1.50", v, at),
                                (v, at) -> product("SKU1", "890", "Milk", 2, "1.50", v, at),
                                (v, at) -> product("SKU1", "890", "Milk", 1, "1.51", v, at))));
    }

    private static Product product(
            String sku, String barcode, String name, int categoryId, String price, long version, Instant at) {
        return new Product(sku, barcode, name, categoryId, new BigDecimal(price), version, at, at);
    }

    @Test
    void noTypeIsLeftOut() {
        var types = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("io.citygrid.model").stream()
                        .filter(type -> type.isAssignableTo(Versioned.class) && !type.isInterface())
                        .map(type -> type.getName());

        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(
                        rows().map(row -> row.type().getName()).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    <V extends Versioned<V>> void versionAndTimesAreNoContent(Rows<V> rows) {
        V first = rows.content().apply(1L, OPENED);
        V later = rows.content().apply(7L, CHANGED);

        assertThat(first.sameContentAs(later)).isTrue();
        assertThat(later.sameContentAs(first)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rows")
    <V extends Versioned<V>> void everyOtherFieldIsContent(Rows<V> rows) {
        V row = rows.content().apply(1L, OPENED);

        assertThat(rows.changed()).allSatisfy(changed -> {
            assertThat(row.sameContentAs(changed.apply(1L, OPENED))).isFalse();
            assertThat(changed.apply(1L, OPENED).sameContentAs(row)).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    <V extends Versioned<V>> void aSuccessorHasTheNewContentAndTheNextVersion(Rows<V> rows) {
        V previous = rows.content().apply(7L, OPENED);
        V written = rows.changed().get(0).apply(1L, CHANGED);

        V successor = written.succeeding(previous, CHANGED);

        assertThat(successor.version()).isEqualTo(8);
        assertThat(successor.sameContentAs(written)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rows")
    <V extends Versioned<V>> void aSuccessorKeepsWhenTheRowWasCreatedAndSaysWhenItChanged(Rows<V> rows) {
        V successor =
                rows.content().apply(1L, CHANGED).succeeding(rows.content().apply(7L, OPENED), CHANGED.plusNanos(1));

        assertThat(successor).extracting("createdAt").isEqualTo(Timestamp.from(OPENED));
        assertThat(successor).extracting("updatedAt").isEqualTo(Timestamp.from(CHANGED));
    }

    @ParameterizedTest
    @MethodSource("rows")
    <V extends Versioned<V>> void aVersionStartsAt1(Rows<V> rows) {
        assertThat(rows.content().apply(Versioned.FIRST, OPENED).version()).isEqualTo(1);
        assertThatThrownBy(() -> rows.content().apply(0L, OPENED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a version starts at 1, not 0");
    }
}
