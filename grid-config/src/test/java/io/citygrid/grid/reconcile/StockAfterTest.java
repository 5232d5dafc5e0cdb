package io.citygrid.grid.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.reconcile.StockAfter.BelowZero;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StockAfterTest {
    private static final Instant BEFORE = Instant.parse("2024-01-02T03:04:05.006Z");
    private static final Instant NOW = BEFORE.plusSeconds(60);
    private static final InventoryKey TEA = new InventoryKey(1, 3, 7);

    private static Inventory after(
            Map<InventoryKey, Inventory> grid, Map<InventoryKey, Inventory> postgres, long units) {
        return StockAfter.of(grid, postgres, Map.of(TEA, units), NOW).get(TEA);
    }

    @Test
    void whatPostgresSaysIsTakenOverIfItIsTheSame() {
        Inventory inPostgres = new Inventory(8, 6, BEFORE);

        assertThat(after(Map.of(TEA, new Inventory(10, 4, BEFORE)), Map.of(TEA, inPostgres), -2))
                .isSameAs(inPostgres);
    }

    @Test
    void whatTheGridSoldMeanwhileCountsToo() {
        Inventory stock = after(Map.of(TEA, new Inventory(7, 5, BEFORE)), Map.of(TEA, new Inventory(15, 9, BEFORE)), 5);

        assertThat(stock.quantity()).isEqualTo(12);
        assertThat(stock.version()).as("newer than both").isEqualTo(10);
        assertThat(stock.updatedAt()).isEqualTo(NOW);
    }

    @Test
    void aProductThatTheGridDoesNotHaveBegins() {
        assertThat(after(Map.of(), Map.of(), 5)).usingRecursiveComparison().isEqualTo(new Inventory(5, 1, NOW));
    }

    @Test
    void moreThanThereIsCannotHaveBeenSold() {
        assertThatThrownBy(() -> after(Map.of(TEA, new Inventory(1, 4, BEFORE)), Map.of(), -2))
                .isInstanceOf(BelowZero.class)
                .hasMessageContaining(TEA.toString());
    }
}
