package io.citygrid.grid.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.order.OrderKey;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OrderRangesTest {
    @Test
    void ordersAreNamedByStoreAndNumbers() {
        TreeSet<OrderKey> orders = new TreeSet<>(
                List.of(new OrderKey(2, 6, 9), new OrderKey(1, 1, 17), new OrderKey(1, 1, 18), new OrderKey(1, 1, 19)));

        assertThat(OrderRanges.words(orders)).isEqualTo("store 1: 17-19, store 6: 9");
    }
}
