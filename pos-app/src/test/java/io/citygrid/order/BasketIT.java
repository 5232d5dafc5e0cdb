package io.citygrid.order;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static io.citygrid.testing.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.citygrid.grid.GridCaches;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.AlreadyCompleted;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.InsufficientTender;
import io.citygrid.model.order.OrderOutcome.InvalidBasket;
import io.citygrid.model.order.OrderOutcome.OrderIdReused;
import io.citygrid.model.order.OrderOutcome.UnknownCustomer;
import io.citygrid.model.order.OrderOutcome.UnknownProduct;
import io.citygrid.model.order.OrderOutcome.UnknownStore;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Registers;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a register may send, what it gets for it, and that nothing is written when it is refused. */
@ExtendWith(SharedGrid.class)
class BasketIT {
    private final Shop shop = SharedGrid.shop();
    private StoreKey store;
    private int tea;

    @BeforeEach
    void aStoreWithTea() {
        store = shop.store(Shop.KARACHI);
        tea = shop.product("47.00");
        shop.stock(store, tea, 10);
    }

    @Test
    void d03_theCataloguesPriceIsChargedAndARegisterCannotSendOne() {
        Receipt receipt = shop.sold(basket(store, line(tea, 2)));

        assertThat(receipt.total()).isEqualTo(new BigDecimal("94.00"));
        assertThat(receipt.lines()).singleElement().satisfies(line -> assertThat(line.price())
                .isEqualTo(new BigDecimal("47.00")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 0, 10_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void d04_aQuantityOutOfRangeIsRefused(int quantity) {
        refused(basket(store, line(tea, quantity)), InvalidBasket.class);
    }

    @Test
    void d04_linesOfOneProductCannotAddUpToTooMany() {
        refused(basket(store, line(tea, 10_000), line(tea, 1)), InvalidBasket.class);
    }

    @Test
    void d05_anUnknownProductIsRefused() {
        refused(basket(store, line(tea, 1), line(999_999, 1)), UnknownProduct.class);
    }

    @Test
    void d06_anEmptyBasketIsRefused() {
        refused(basket(store), InvalidBasket.class);
    }

    @Test
    void d06_aBasketOfMoreThanTwoHundredLinesIsRefused() {
        refused(
                basket(
                        store,
                        IntStream.range(0, 201).mapToObj(i -> line(tea, 1)).toArray(BasketLine[]::new)),
                InvalidBasket.class);
    }

    @Test
    void anUnknownStoreOrCustomerIsRefused() {
        refused(basket(new StoreKey(Shop.KARACHI, 9_999), line(tea, 1)), UnknownStore.class);
        refused(basket(new StoreKey(Shop.LAHORE, store.storeId()), line(tea, 1)), UnknownStore.class);
        refused(order(UUID.randomUUID(), store, 999_999, line(tea, 1)), UnknownCustomer.class);
        refused(order(UUID.randomUUID(), store, -1, line(tea, 1)), UnknownCustomer.class);
    }

    @Test
    void tenderingLessThanTheTotalIsRefusedAndMoreGivesChange() {
        refused(tendering("93.99"), InsufficientTender.class);
        refused(tendering("94.005"), InvalidBasket.class);
        refused(tendering("-1"), InvalidBasket.class);

        Receipt receipt = shop.sold(tendering("100"));

        assertThat(receipt.tendered()).isEqualTo(new BigDecimal("100.00"));
        assertThat(receipt.changeDue()).isEqualTo(new BigDecimal("6.00"));
    }

    private OrderRequest tendering(String amount) {
        return new OrderRequest(
                UUID.randomUUID(),
                store.cityId(),
                store.storeId(),
                null,
                List.of(line(tea, 2)),
                PaymentMethod.CASH,
                new BigDecimal(amount),
                null);
    }

    @Test
    void linesOfOneProductAreMergedInTheOrderInWhichTheyWereScanned() {
        int sugar = shop.product("1.10");
        shop.stock(store, sugar, 5);

        Receipt receipt = shop.sold(basket(store, line(sugar, 1), line(tea, 1), line(sugar, 2)));

        assertThat(receipt.lines())
                .extracting(Receipt.Line::lineNo, Receipt.Line::productId, Receipt.Line::quantity)
                .containsExactly(tuple(1, sugar, 3), tuple(2, tea, 1));
        assertThat(receipt.total()).isEqualTo(new BigDecimal("50.30"));
    }

    @Test
    void d07_aPaidOrderIsCompleted() {
        Receipt receipt = shop.sold(basket(store, line(tea, 1)));

        Order order = SharedGrid.client()
                .get(GridCaches.ORDERS, new OrderKey(store.cityId(), store.storeId(), receipt.orderNo()));
        assertThat(order.status()).isEqualTo("COMPLETED");
    }

    @Test
    void d08_theSameIdSentTenTimesAtOnceIsOneOrder() {
        OrderRequest request = basket(store, line(tea, 2));

        List<OrderOutcome> outcomes = Registers.atOnce(10, register -> shop.sell(request));

        assertThat(outcomes).filteredOn(Completed.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(AlreadyCompleted.class::isInstance)
                .hasSize(9)
                .allSatisfy(repeated -> assertThat(
                                ((AlreadyCompleted) repeated).receipt().orderNo())
                        .isEqualTo(1));
        assertThat(shop.onHand(store, tea)).isEqualTo(8);
    }

    @Test
    void d08_aRetryGetsTheSameReceiptAlsoWhenPriceAndStockHaveChanged() {
        OrderRequest request = tendering("100");
        Receipt first = shop.sold(request);
        shop.sold(basket(store, line(tea, 8)));
        shop.reprice(tea, "99.00");

        OrderOutcome again = shop.sell(request);

        assertThat(again).isInstanceOfSatisfying(AlreadyCompleted.class, repeated -> {
            assertThat(repeated.receipt()).usingRecursiveComparison().isEqualTo(first);
        });
    }

    @Test
    void d08_anotherBasketUnderTheSameIdIsRefused() {
        OrderRequest request = basket(store, line(tea, 2));
        shop.sold(request);

        refused(order(request.orderId(), store, null, line(tea, 3)), OrderIdReused.class);
        refused(
                order(request.orderId(), store, null, line(tea, 2), line(shop.product("1.00"), 1)),
                OrderIdReused.class);
        int customer = shop.customer(Shop.KARACHI, "Ayesha", null).customerId();
        refused(order(request.orderId(), store, customer, line(tea, 2)), OrderIdReused.class);
    }

    @Test
    void d30_numbersAreNeverReused() {
        Receipt first = shop.sold(basket(store, line(tea, 1)));
        refused(basket(store, line(tea, 500)), OrderOutcome.OutOfStock.class);
        Receipt second = shop.sold(basket(store, line(tea, 1)));

        assertThat(List.of(first.orderNo(), second.orderNo())).containsExactly(1L, 2L);
    }

    private void refused(OrderRequest request, Class<? extends OrderOutcome> refusal) {
        long orders = orders();
        int onHand = shop.onHand(store, tea);

        assertThat(shop.sell(request)).isInstanceOf(refusal);

        assertThat(orders()).isEqualTo(orders);
        assertThat(shop.onHand(store, tea)).isEqualTo(onHand);
    }

    private long orders() {
        return ((Number) SharedGrid.client()
                        .query("SELECT count(*) FROM orders")
                        .get(0)
                        .get(0))
                .longValue();
    }
}
