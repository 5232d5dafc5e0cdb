package io.citygrid.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.citygrid.load.chain.Chain;
import io.citygrid.model.order.PaymentMethod;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderPlanTest {
    private static final GenerateOptions OPTIONS =
            new GenerateOptions(42, 500, 1_000, 5_000, LocalDate.of(2025, 1, 1), 30, 4);

    private final OrderPlan plan = new OrderPlan(OPTIONS, Chain.stores());
    private final List<GeneratedOrder> orders =
            IntStream.range(0, OPTIONS.orders()).mapToObj(plan::order).toList();

    @Test
    void anOrderIsTheSameWhoeverMakesItAndWhenever() {
        OrderPlan same = new OrderPlan(OPTIONS, Chain.stores());

        assertThat(same.order(4_711)).isEqualTo(orders.get(4_711));
        assertThat(same.orderId(4_711)).isEqualTo(plan.orderId(4_711));
        assertThat(same.byTime()).isEqualTo(plan.byTime());
    }

    @Test
    void otherOptionsOrOtherStoresMakeOtherOrders() {
        OrderPlan other =
                new OrderPlan(new GenerateOptions(43, 500, 1_000, 5_000, OPTIONS.firstDay(), 30, 4), Chain.stores());
        OrderPlan fewerStores = new OrderPlan(OPTIONS, Chain.stores().subList(0, 9));

        assertThat(other.orderId(0)).isNotEqualTo(plan.orderId(0));
        assertThat(fewerStores.orderId(0)).isNotEqualTo(plan.orderId(0));
    }

    @Test
    void basketsAreOfBelievableSize() {
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.basket()).hasSizeBetween(1, OrderPlan.BASKET_MAX);
            assertThat(order.basket().values())
                    .allSatisfy(units -> assertThat(units).isBetween(1, OrderPlan.UNITS_MAX));
            assertThat(order.basket().keySet())
                    .allSatisfy(product -> assertThat(product).isBetween(0, 499));
        });
        assertThat(orders.stream()
                        .mapToInt(order -> order.basket().size())
                        .average()
                        .orElseThrow())
                .isCloseTo(3.4, within(0.3));
    }

    @Test
    void everyStoreSellsAndMostCustomersAreKnown() {
        assertThat(orders.stream().map(order -> order.store().id()).distinct()).hasSize(10);
        assertThat(orders).filteredOn(order -> order.customer() != null).hasSizeBetween(2_800, 3_200);
        assertThat(orders.stream().map(GeneratedOrder::method).distinct())
                .containsExactlyInAnyOrder(PaymentMethod.values());
    }

    @Test
    void theSequenceHoldsEveryOrderOnceAndFollowsTheClock() {
        int[] byTime = plan.byTime();

        assertThat(Arrays.stream(byTime).sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, OPTIONS.orders()).boxed().toList());
        assertThat(Arrays.stream(byTime)
                        .mapToObj(number -> orders.get(number).rungUpAt())
                        .toList())
                .isSorted();
    }
}
