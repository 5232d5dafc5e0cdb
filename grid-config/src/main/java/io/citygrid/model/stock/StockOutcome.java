package io.citygrid.model.stock;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a {@link StockRequest} is answered. Nothing was written unless it is {@link Moved}. */
public sealed interface StockOutcome {
    /** All movements are in the books, from this request or from an earlier try with the same ids. */
    final class Moved implements StockOutcome {
        private final int applied;
        private final TreeMap<Integer, Integer> onHand;

        public Moved(int applied, Map<Integer, Integer> onHand) {
            this.applied = applied;
            this.onHand = new TreeMap<>(onHand);
        }

        /** Movements that this request added; the others were there already. */
        public int applied() {
            return applied;
        }

        /** Units on hand afterwards, by product id. */
        public Map<Integer, Integer> onHand() {
            return Collections.unmodifiableMap(onHand);
        }
    }

    /** The request breaks a rule, or more would go out than is there; the reason says which, in a sentence. */
    final class Refused implements StockOutcome {
        private final Rule rule;
        private final String reason;

        public Refused(Rule rule, String reason) {
            this.rule = rule;
            this.reason = reason;
        }

        public Rule rule() {
            return rule;
        }

        public String reason() {
            return reason;
        }
    }

    /** The rule that a refused request breaks. */
    enum Rule {
        UNKNOWN_STORE,
        UNKNOWN_PRODUCT,
        INVALID_MOVEMENT,
        OUT_OF_STOCK
    }

    /** The city's PostgreSQL did not take the movements. */
    final class NotStored implements StockOutcome {
        private final String database;

        public NotStored(String database) {
            this.database = database;
        }

        public String database() {
            return database;
        }
    }

    /** The grid rolled the movements back: ask again with the same ids. */
    final class RolledBack implements StockOutcome {
        private final String reason;
        private final boolean inDoubt;

        public RolledBack(String reason, boolean inDoubt) {
            this.reason = reason;
            this.inDoubt = inDoubt;
        }

        /** Whether PostgreSQL may have the movements, so that the grid takes them over later: only asking again tells. */
        public boolean isInDoubt() {
            return inDoubt;
        }

        public String reason() {
            return reason;
        }
    }

    /** Nodes elsewhere sell for the city: ask them, with the same ids. */
    final class NotInCharge implements StockOutcome {
        private final String reason;

        public NotInCharge(String reason) {
            this.reason = reason;
        }

        /** A sentence for the person at the register and for operators. */
        public String reason() {
            return reason;
        }
    }

    /** The grid and PostgreSQL are not known to agree about the store, so it does not move stock. Nothing was done. */
    final class StoreNotOpen implements StockOutcome {
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
