package io.citygrid.grid.reconcile;

import static io.citygrid.grid.reconcile.OrderSettlement.choose;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.outbox.OrderRows;
import io.citygrid.grid.reconcile.OrderSettlement.Choice;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderSettlementTest {
    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.006Z");
    private static final UUID ID = UUID.fromString("6f1c0c52-7c0b-4b5e-9a3d-0d6f7a1b2c3d");
    private static final BigDecimal TEN = new BigDecimal("10.00");

    private static final OrderRows NOTHING = new OrderRows(null, new TreeMap<>(), new TreeMap<>());

    private static Order order(long version) {
        return new Order(ID, null, 1, TEN, "COMPLETED", NOW, version, NOW);
    }

    private static OrderRows whole(long version) {
        return new OrderRows(
                order(version),
                new TreeMap<>(Map.of(
                        new OrderItemKey(1, 3, 7, 1), new OrderItem(5, 2, new BigDecimal("5.00"), 1, 1, NOW, 1))),
                new TreeMap<>(Map.of(
                        new PaymentKey(1, 3, 7, 1),
                        new Payment(ID, TEN, "CASH", "PAID", TEN, new BigDecimal("0.00"), NOW, 1))));
    }

    private static OrderRows withoutLines(long version) {
        return new OrderRows(order(version), new TreeMap<>(), whole(version).payments());
    }

    @Test
    void whatOneSideAloneHasGoesToTheOther() {
        assertThat(choose(whole(1), NOTHING)).isEqualTo(Choice.TELL);
        assertThat(choose(NOTHING, whole(1))).isEqualTo(Choice.TAKE);
        assertThat(choose(NOTHING, withoutLines(1))).isEqualTo(Choice.CONFLICT);
    }

    @Test
    void leftOverLinesGo() {
        assertThat(choose(NOTHING, new OrderRows(null, whole(1).items(), new TreeMap<>())))
                .isEqualTo(Choice.TELL);
    }

    @Test
    void theNewerVersionIsRight() {
        assertThat(choose(whole(2), whole(1))).isEqualTo(Choice.TELL);
        assertThat(choose(whole(1), whole(2))).isEqualTo(Choice.TAKE);
    }

    @Test
    void ofOneVersionTheGridIsRightUnlessItLacksLines() {
        assertThat(choose(whole(1), whole(1))).isEqualTo(Choice.TELL);
        assertThat(choose(whole(1), withoutLines(1))).isEqualTo(Choice.TELL);
        assertThat(choose(withoutLines(1), whole(1))).isEqualTo(Choice.TAKE);
        assertThat(choose(withoutLines(1), withoutLines(1))).isEqualTo(Choice.CONFLICT);
    }
}
