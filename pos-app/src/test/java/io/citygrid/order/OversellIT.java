package io.citygrid.order;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.OutOfStock;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Registers;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many registers at the same shelf: nothing is sold twice, no number is given twice, nobody waits for ever. */
@ExtendWith(SharedGrid.class)
class OversellIT {
    private final Shop shop = SharedGrid.shop();

    @Test
    void d01_anOrderForMoreThanIsOnHandIsRefusedWithTheShortage() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 1);

        OrderOutcome outcome = shop.sell(basket(store, line(tea, 5)));

        assertThat(outcome).isInstanceOfSatisfying(OutOfStock.class, refused -> {
            assertThat(refused.shortages()).singleElement().satisfies(shortage -> {
                assertThat(shortage.productId()).isEqualTo(tea);
                assertThat(shortage.wanted()).isEqualTo(5);
                assertThat(shortage.onHand()).isEqualTo(1);
            });
        });
        assertThat(shop.onHand(store, tea)).isEqualTo(1);
    }

    @Test
    void d01_ofThirtyTwoBuyersOfTheLastItemExactlyOneGetsIt() {
        StoreKey store = shop.store(Shop.LAHORE);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 1);

        List<OrderOutcome> outcomes = Registers.atOnce(32, buyer -> shop.sell(basket(store, line(tea, 1))));

        assertThat(outcomes).filteredOn(Completed.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(OutOfStock.class::isInstance).hasSize(31);
        assertThat(shop.onHand(store, tea)).isZero();
    }

    @Test
    void d02_aThousandOrdersOfSixteenRegistersInOneStoreAreNumberedOneToAThousand() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("3.50");
        int sugar = shop.product("1.25");
        shop.stock(store, tea, 2_000);
        shop.stock(store, sugar, 2_000);

        List<List<Long>> numbers = Registers.atOnce(16, register -> {
            int orders = 1_000 / 16 + (register < 1_000 % 16 ? 1 : 0);
            return IntStream.range(0, orders)
                    .mapToObj(i -> shop.sold(basket(store, line(tea, 1), line(sugar, 2)))
                            .orderNo())
                    .toList();
        });

        assertThat(numbers.stream().flatMap(List::stream).sorted().toList())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_000).boxed().toList());
    }

    @Test
    void d10_shuffledBasketsOfTheSameProductsNeverFail() {
        StoreKey store = shop.store(Shop.LAHORE);
        List<Integer> products =
                IntStream.range(0, 8).mapToObj(i -> shop.product("2.00")).toList();
        products.forEach(product -> shop.stock(store, product, 10_000));

        List<List<OrderOutcome>> outcomes = Registers.atOnce(8, register -> {
            Random random = new Random(register);
            List<OrderOutcome> own = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                List<Integer> shuffled = new ArrayList<>(products);
                Collections.shuffle(shuffled, random);
                own.add(shop.sell(basket(
                        store,
                        shuffled.stream().map(product -> line(product, 1)).toArray(BasketLine[]::new))));
            }
            return own;
        });

        assertThat(outcomes)
                .hasSize(8)
                .allSatisfy(own -> assertThat(own).hasSize(25).allMatch(Completed.class::isInstance));
    }
}
