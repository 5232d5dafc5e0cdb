package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.model.order.OrderKey;
import io.citygrid.model.stock.InventoryKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteSetTest {
    private static final InventoryKey KARACHI_MILK = new InventoryKey(1, 1, 7);
    private static final InventoryKey LAHORE_MILK = new InventoryKey(2, 6, 7);

    private final WriteSet writeSet = new WriteSet();

    @Test
    void isEmptyBeforeTheFirstRow() {
        assertThat(writeSet.isEmpty()).isTrue();
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");
        assertThat(writeSet.isEmpty()).isFalse();
    }

    @Test
    void theLastValueOfARowWins() {
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");
        writeSet.put("inventory", new InventoryKey(1, 1, 7), "on hand 4");

        assertThat(writeSet.rows("inventory", false)).hasSize(1).containsEntry(KARACHI_MILK, "on hand 4");
    }

    @Test
    void comesApartByCityFragment() {
        InventoryKey otherStore = new InventoryKey(1, 2, 7);
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");
        writeSet.put("inventory", otherStore, "on hand 3");
        writeSet.put("orders", new OrderKey(1, 1, 1), "an order");

        assertThat(writeSet.byFragment())
                .extracting(WriteSet::keys)
                .containsExactly(
                        Map.of("inventory", Set.of(KARACHI_MILK), "orders", Set.of(new OrderKey(1, 1, 1))),
                        Map.of("inventory", Set.of(otherStore)));
    }

    @Test
    void aRowWrittenAndThenDeletedIsDeletedOnly() {
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");
        writeSet.put("inventory", KARACHI_MILK, null);

        assertThat(writeSet.rows("inventory", false)).isEmpty();
        assertThat(writeSet.rows("inventory", true)).containsOnlyKeys(KARACHI_MILK);
    }

    @Test
    void aRowDeletedAndThenWrittenIsWrittenOnly() {
        writeSet.put("inventory", KARACHI_MILK, null);
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");

        assertThat(writeSet.rows("inventory", true)).isEmpty();
        assertThat(writeSet.rows("inventory", false)).containsOnlyKeys(KARACHI_MILK);
    }

    @Test
    void everyRowIsNamedByTable() {
        OrderKey order = new OrderKey(1, 1, 1);
        writeSet.put("orders", order, "an order");
        writeSet.put("inventory", KARACHI_MILK, null);

        assertThat(writeSet.keys()).containsOnlyKeys("inventory", "orders");
        assertThat(writeSet.keys().get("inventory")).containsExactly(KARACHI_MILK);
        assertThat(writeSet.keys().get("orders")).containsExactly(order);
        assertThat(writeSet.rows("payments", false)).isEmpty();
    }

    @Test
    void cityRowsGoToTheirCitysDatabase() {
        writeSet.put("inventory", LAHORE_MILK, "on hand 5");
        writeSet.put("orders", new OrderKey(2, 7, 1), "an order");

        assertThat(writeSet.cityId()).isEqualTo(2);
    }

    @Test
    void referenceRowsGoToTheCentralDatabase() {
        writeSet.put("products", 7, "milk");

        assertThat(writeSet.cityId()).isEqualTo(DatabaseSettings.CENTRAL);
    }

    @Test
    void rowsOfTwoCitiesAreRefused() {
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");
        writeSet.put("inventory", LAHORE_MILK, "on hand 5");

        assertThatThrownBy(writeSet::cityId)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cities 1 and 2");
    }

    @Test
    void referenceAndCityRowsTogetherAreRefused() {
        writeSet.put("products", 7, "milk");
        writeSet.put("inventory", KARACHI_MILK, "on hand 5");

        assertThatThrownBy(writeSet::cityId).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmptyWriteSetHasNoDatabase() {
        assertThatThrownBy(writeSet::cityId).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTableThatDoesNotExistIsRefused() {
        writeSet.put("outbox", KARACHI_MILK, "an entry");

        assertThatThrownBy(writeSet::cityId)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no table is named outbox");
    }
}
