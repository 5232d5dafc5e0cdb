package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.outbox.OutboxKey;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.StoreKey;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyLimitsTest {
    private static final UUID ID = new UUID(0, 1);

    static Stream<Named<ThrowingCallable>> keysThatCannotBe() {
        return Stream.of(
                key("store of city 0", () -> new StoreKey(0, 1)),
                key("store of city 64", () -> new StoreKey(64, 1)),
                key("store 0", () -> new StoreKey(1, 0)),
                key("customer 0", () -> new CustomerKey(1, 0)),
                key("inventory of product 0", () -> new InventoryKey(1, 1, 0)),
                key("inventory of store -1", () -> new InventoryKey(1, -1, 1)),
                key("movement of store 0", () -> new StockMovementKey(1, 0, ID)),
                key("order 0", () -> new OrderKey(1, 1, 0)),
                key("order of store 0", () -> new OrderKey(1, 0, 1)),
                key("line 0", () -> new OrderItemKey(1, 1, 1, 0)),
                key("line of order 0", () -> new OrderItemKey(1, 1, 0, 1)),
                key("payment 0", () -> new PaymentKey(1, 1, 1, 0)),
                key("payment of order 0", () -> new PaymentKey(1, 1, 0, 1)),
                key("mapping of store 0", () -> new OrderMappingKey(1, 0, ID)),
                key("mapping in fragment 15", () -> OrderMappingKey.stored(15, ID)),
                key("outbox entry in fragment 1024", () -> new OutboxKey(1024, ID)),
                key(
                        "log row in fragment 15",
                        () -> ReplicationLogKey.first(15, Instant.EPOCH.plusSeconds(2_000_000_000))),
                key("log row of 2019", () -> ReplicationLogKey.first(16, Instant.parse("2019-12-31T23:59:59Z"))),
                key("log row of 2090", () -> ReplicationLogKey.first(16, Instant.parse("2090-01-01T00:00:00Z"))),
                key("log row with a negative id", () -> ReplicationLogKey.stored(-1)),
                key("log row of fragment 0", () -> ReplicationLogKey.stored(1L << 40)),
                key("log row with an id of 54 bits", () -> ReplicationLogKey.stored(1L << 53 | 17 << 2)));
    }

    private static Named<ThrowingCallable> key(String what, ThrowingCallable made) {
        return Named.of(what, made);
    }

    @ParameterizedTest
    @MethodSource("keysThatCannotBe")
    void noKeyIsMadeOfWhatCannotBe(ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class);
    }
}
