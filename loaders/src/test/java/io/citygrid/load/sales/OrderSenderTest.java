package io.citygrid.load.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.sales.OrderAnswer.NoAnswer;
import io.citygrid.load.sales.OrderAnswer.Refused;
import io.citygrid.load.sales.OrderAnswer.Sold;
import io.citygrid.load.testing.Books;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderSenderTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final OrderRequest ORDER =
            new OrderRequest(ID, 1, 1, null, List.of(new BasketLine(1, 2)), PaymentMethod.CARD, null, Instant.EPOCH);

    @Test
    void anOrderIsSoldOnce() {
        OrderSender sender = new OrderSender(new Books());

        assertThat(sender.send(ORDER)).isInstanceOfSatisfying(Sold.class, sold -> assertThat(sold.now())
                .isTrue());
        assertThat(sender.send(ORDER)).isInstanceOfSatisfying(Sold.class, sold -> assertThat(sold.now())
                .isFalse());
    }

    @Test
    void aLostAnswerIsAskedForAgainWithTheSameId() {
        Books books = new Books();
        List<UUID> asked = new ArrayList<>();
        OrderSender sender = new OrderSender(order -> {
            asked.add(order.orderId());
            OrderOutcome outcome = books.apply(order);
            if (asked.size() == 1) {
                throw new OutcomeUnknown("the line went dead", null);
            }
            return outcome;
        });

        assertThat(sender.send(ORDER)).isInstanceOf(Sold.class);
        assertThat(asked).containsExactly(ID, ID);
        assertThat(books.size()).isEqualTo(1);
    }

    @Test
    void aSilentGridIsAskedABoundedNumberOfTimes() {
        List<UUID> asked = new ArrayList<>();
        OrderSender sender = new OrderSender(order -> {
            asked.add(order.orderId());
            return new OrderOutcome.RolledBack("a lock was not had in time", false);
        });

        assertThat(sender.send(ORDER)).isEqualTo(new NoAnswer("a lock was not had in time"));
        assertThat(asked).hasSize(OrderSender.TRIES);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalHasItsReason(OrderOutcome outcome, String reason) {
        assertThat(new OrderSender(order -> outcome).send(ORDER)).isEqualTo(new Refused(reason));
    }

    static List<Object[]> refusals() {
        return List.of(
                new Object[] {
                    new OrderOutcome.OutOfStock(List.of(new OrderOutcome.Shortage(7, "TEA", 5, 1))),
                    "out of stock (TEA: 5 wanted, 1 on hand)"
                },
                new Object[] {new OrderOutcome.InvalidBasket("The basket is empty."), "The basket is empty."},
                new Object[] {new OrderOutcome.UnknownProduct(7), "the catalogue has no product 7"},
                new Object[] {new OrderOutcome.UnknownStore(7), "there is no store 7"},
                new Object[] {new OrderOutcome.UnknownCustomer(7), "there is no customer 7"},
                new Object[] {
                    new OrderOutcome.OrderIdReused(ID), "an order with other content has the id " + ID + " already"
                },
                new Object[] {
                    new OrderOutcome.InsufficientTender(new BigDecimal("12.50"), BigDecimal.TEN),
                    "10 was tendered for 12.50"
                },
                new Object[] {
                    new OrderOutcome.NotStored("karachi_db", "connection refused"),
                    "karachi_db did not take it: connection refused"
                },
                new Object[] {
                    new OrderOutcome.NotInCharge("Karachi sells on its own side."), "Karachi sells on its own side."
                },
                new Object[] {new OrderOutcome.StoreNotOpen("two other orders", true), "two other orders"});
    }
}
