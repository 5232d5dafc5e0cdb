package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PgTableTest {
    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.006Z");

    static Stream<PgTable<?, ?>> tables() {
        return PgTables.all().stream();
    }

    @Test
    void rowsAreWrittenInOneStatementUnlessNewerOnesAreThere() {
        assertThat(PgTables.named("inventory").upsert("WHERE excluded.version >= t.version"))
                .isEqualTo(
                        "INSERT INTO inventory AS t (city_fragment, store_id, product_id, quantity, version, updated_at)"
                                + " SELECT * FROM unnest(?::int4[], ?::int4[], ?::int4[], ?::int4[], ?::int8[], ?::timestamptz[])"
                                + " ON CONFLICT (city_fragment, store_id, product_id) DO UPDATE SET"
                                + " quantity = excluded.quantity, version = excluded.version,"
                                + " updated_at = excluded.updated_at WHERE excluded.version >= t.version");
    }

    @Test
    void rowsAreDeletedByTheirKeysInOneStatement() {
        assertThat(PgTables.named("inventory").delete())
                .isEqualTo("DELETE FROM inventory AS t USING unnest(?::int4[], ?::int4[], ?::int4[])"
                        + " AS gone(city_fragment, store_id, product_id) WHERE t.city_fragment = gone.city_fragment"
                        + " AND t.store_id = gone.store_id AND t.product_id = gone.product_id");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aRowsCellsAreInTheOrderOfTheColumns() {
        var inventory = (PgTable<InventoryKey, Inventory>) PgTables.named("inventory");

        assertThat(inventory.columnNames())
                .containsExactly("city_fragment", "store_id", "product_id", "quantity", "version", "updated_at");
        assertThat(inventory.cells(new InventoryKey(1, 2, 7), new Inventory(40, 3, NOW)))
                .isEqualTo(List.of(18, 2, 7, 40, 3L, NOW));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyTableIsGuardedByItsVersion(PgTable<?, ?> table) {
        assertThat(table.columnNames()).contains("version").doesNotHaveDuplicates();
        assertThat(table.upsert("")).contains("version = excluded.version");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyCityTablesKeyBeginsWithTheFragment(PgTable<?, ?> table) {
        assertThat(table.columnNames().get(0)).isEqualTo(table.central() ? "id" : "city_fragment");
        assertThat(table.delete()).contains(" AS gone(" + table.columnNames().get(0));
    }

    @Test
    void onlyReferenceTablesAreCentral() {
        assertThat(tables().filter(PgTable::central).map(PgTable::name))
                .containsExactly("city_databases", "cities", "categories", "products");
    }

    @Test
    void aTableThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> PgTables.named("order"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no table is named order");
    }
}
