package io.citygrid.model.order;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * What ProcessOrder answers. Refusals are values and not exceptions, because an exception thrown by a task reaches a thin
 * client without its type. Nothing was written unless the outcome is {@link Completed} or {@link AlreadyCompleted}.
 */
public sealed interface OrderOutcome {
    /** The order was sold now. */
    final class Completed implements OrderOutcome {
        private final Receipt receipt;

        public Completed(Receipt receipt) {
            this.receipt = receipt;
        }

        public Receipt receipt() {
            return receipt;
        }
    }

    /** The order was sold by an earlier try with the same id. */
    final class AlreadyCompleted implements OrderOutcome {
        private final Receipt receipt;

        public AlreadyCompleted(Receipt receipt) {
            this.receipt = receipt;
        }

        public Receipt receipt() {
            return receipt;
        }
    }

    /** The id belongs to an order with another customer or basket, or of another store in the same city fragment. */
    final class OrderIdReused implements OrderOutcome {
        private final UUID orderId;

        public OrderIdReused(UUID orderId) {
            this.orderId = orderId;
        }

        public UUID orderId() {
            return orderId;
        }
    }

    /** The store has less than the basket wants. */
    final class OutOfStock implements OrderOutcome {
        private final ArrayList<Shortage> shortages;

        public OutOfStock(List<Shortage> shortages) {
            this.shortages = new ArrayList<>(shortages);
        }

        public List<Shortage> shortages() {
            return Collections.unmodifiableList(shortages);
        }
    }

    /** A product that is short. */
    final class Shortage {
        private final int productId;
        private final String name;
        private final int wanted;
        private final int onHand;

        public Shortage(int productId, String name, int wanted, int onHand) {
            this.productId = productId;
            this.name = name;
            this.wanted = wanted;
            this.onHand = onHand;
        }

        public int productId() {
            return productId;
        }

        public String name() {
            return name;
        }

        public int wanted() {
            return wanted;
        }

        public int onHand() {
            return onHand;
        }
    }

    /** The catalogue has no such product. */
    final class UnknownProduct implements OrderOutcome {
        private final int productId;

        public UnknownProduct(int productId) {
            this.productId = productId;
        }

        public int productId() {
            return productId;
        }
    }

    /** There is no such store. */
    final class UnknownStore implements OrderOutcome {
        private final int storeId;

        public UnknownStore(int storeId) {
            this.storeId = storeId;
        }

        public int storeId() {
            return storeId;
        }
    }

    /** No city has such a customer. */
    final class UnknownCustomer implements OrderOutcome {
        private final int customerId;

        public UnknownCustomer(int customerId) {
            this.customerId = customerId;
        }

        public int customerId() {
            return customerId;
        }
    }

    /** The basket breaks a rule; the reason says which, in a sentence for the cashier. */
    final class InvalidBasket implements OrderOutcome {
        private final String reason;

        public InvalidBasket(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    /** Less was tendered than the basket costs. */
    final class InsufficientTender implements OrderOutcome {
        private final BigDecimal total;
        private final BigDecimal tendered;

        public InsufficientTender(BigDecimal total, BigDecimal tendered) {
            this.total = total;
            this.tendered = tendered;
        }

        public BigDecimal total() {
            return total;
        }

        public BigDecimal tendered() {
            return tendered;
        }
    }

    /** The city's PostgreSQL did not take the order, so it was not sold. */
    final class NotStored implements OrderOutcome {
        private final String database;
        private final String reason;

        public NotStored(String database, String reason) {
            this.database = database;
            this.reason = reason;
        }

        public String database() {
            return database;
        }

        /** One line for the log and the night operator; never shown to a customer. */
        public String reason() {
            return reason;
        }
    }

    /** The grid rolled the order back (a lock not had in time, a node that left): ask again with the same id. */
    final class RolledBack implements OrderOutcome {
        private final String reason;
        private final boolean inDoubt;

        public RolledBack(String reason, boolean inDoubt) {
            this.reason = reason;
            this.inDoubt = inDoubt;
        }

        /** Whether PostgreSQL may have the order, so that the grid takes it over later: only asking again tells. */
        public boolean isInDoubt() {
            return inDoubt;
        }

        public String reason() {
            return reason;
        }
    }

    /** Nodes elsewhere sell for the city: ask them, with the same id. */
    final class NotInCharge implements OrderOutcome {
        private final String reason;

        public NotInCharge(String reason) {
            this.reason = reason;
        }

        /** A sentence for the person at the register and for operators. */
        public String reason() {
            return reason;
        }
    }

    /** The grid and PostgreSQL are not known to agree about the store, so it does not sell. Nothing was done. */
    final class StoreNotOpen implements OrderOutcome {
        private final String reason;
        private final boolean shut;

        public StoreNotOpen(String reason, boolean shut) {
            this.reason = reason;
            this.shut = shut;
        }

        /** A sentence for the person at the register and for operators. */
        public String reason() {
            return reason;
        }

        /** Whether it stays so until a person has settled what differs; else it opens by itself, and the same id can be sent again. */
        public boolean isShut() {
            return shut;
        }
    }
}
