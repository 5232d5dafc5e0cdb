package io.citygrid.grid.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.reconcile.Comparison.Difference;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderFindingsTest {
    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.006Z");
    private static final long LAST_IN_GRID = 10;

    private final OrderFindings findings = new OrderFindings(store -> LAST_IN_GRID);

    private static Order order() {
        return order(NOW);
    }

    private static Order order(Instant writtenAt) {
        return new Order(
                UUID.randomUUID(), null, 1, new BigDecimal("1.00"), "COMPLETED", NOW, Versioned.FIRST, writtenAt);
    }

    private static OrderKey key(long number) {
        return new OrderKey(1, 3, number);
    }

    @Test
    void oneOtherOrderUnderANumberIsAPhantom() {
        findings.add(List.of(new Difference<>(key(7), order(), order())));

        assertThat(findings.phantoms()).containsExactly(key(7));
        assertThat(findings.conflicts()).isEmpty();
    }

    @Test
    void someSideBySideAreWhatOneTransactionSold() {
        findings.add(List.of(new Difference<>(key(7), order(), order()), new Difference<>(key(8), order(), order())));

        assertThat(findings.phantoms()).containsExactly(key(7), key(8));
        assertThat(findings.conflicts()).isEmpty();
    }

    @Test
    void oneBetweenThemMayHaveBeenSoldAgainUnderItsNumber() {
        findings.add(List.of(new Difference<>(key(5), order(), order()), new Difference<>(key(7), order(), order())));

        assertThat(findings.phantoms()).containsExactly(key(5), key(7));
        assertThat(findings.conflicts()).isEmpty();
    }

    @Test
    void thoseOfTwoTransactionsAreNot() {
        findings.add(List.of(
                new Difference<>(key(5), order(), order()),
                new Difference<>(key(6), order(), order(NOW.plusMillis(1)))));

        assertThat(findings.conflicts()).singleElement().asString().contains("store 3", "from number 5");
    }

    @Test
    void norAreMoreThanOneTransactionSells() {
        for (long number = 1; number <= 33; number++) {
            findings.add(List.of(new Difference<>(key(number), order(), order())));
        }

        assertThat(findings.conflicts()).hasSize(1);
    }

    @Test
    void oneInEachOfTwoStoresIsNoConflict() {
        findings.add(List.of(
                new Difference<>(key(7), order(), order()),
                new Difference<>(new OrderKey(1, 19, 8), order(), order())));

        assertThat(findings.conflicts()).isEmpty();
        assertThat(findings.phantoms()).hasSize(2);
    }

    @Test
    void ordersAfterTheGridsLastAreBeyond() {
        Order same = order();
        findings.add(List.of(
                new Difference<>(key(3), null, order()),
                new Difference<>(key(4), order(), null),
                new Difference<>(key(5), same, same)));
        assertThat(findings.beyond()).isEmpty();

        findings.add(List.of(new Difference<>(key(11), null, order())));
        assertThat(findings.beyond()).containsExactly(new StoreKey(1, 3));
        assertThat(findings.conflicts()).isEmpty();
    }
}
