package io.citygrid.order;

import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridTransaction.Committed;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.order.OrderOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A basket that waits to be sold, and the thread that waits with it. */
final class Turn {
    /** What its thread has to do. */
    enum Call {
        /** To sell for all who wait, itself among them. */
        SELL_FOR_ALL,
        /** To sell its own basket, since the group that it was in failed. */
        SELL_ALONE,
        /** Nothing: it is sold, or refused. */
        GO
    }

    /** The right to sell for all, of whoever does it or is called to. */
    static final class Lead {
        private final long since = System.nanoTime();

        /** Whether it was had for so long that somebody else may take it. */
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - since > age.toNanos();
        }
    }

    /** What became of it so far. */
    private sealed interface State {}

    private enum Waiting implements State {
        IN_LINE,
        IN_GROUP,
        LEFT_TO_ITSELF,
        GIVEN_UP
    }

    private record Called(Lead lead) implements State {}

    private record Sold(Optional<OrderOutcome> outcome, Committed<?> with) implements State {}

    private record Failed(Throwable why) implements State {}

    private final Sale sale;
    private final CityAuthority authority;
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(Waiting.IN_LINE);

    Turn(Sale sale, CityAuthority authority) {
        this.sale = sale;
        this.authority = authority;
    }

    Sale sale() {
        return sale;
    }

    CityAuthority authority() {
        return authority;
    }

    /**
     * Called by its own thread: waits until there is something to do.
     *
     * @param inLine how long it may stand in line; then nothing was done
     * @param inGroup how long it may be in a group that is being sold; then nobody knows
     * @throws RolledBack if that took too long, or the thread is interrupted
     */
    Call await(Duration inLine, Duration inGroup) {
        long begun = System.nanoTime();
        while (true) {
            State now = state.get();
            if (now instanceof Called) {
                return Call.SELL_FOR_ALL;
            }
            if (now == Waiting.LEFT_TO_ITSELF) {
                return Call.SELL_ALONE;
            }
            if (now instanceof Sold || now instanceof Failed) {
                return Call.GO;
            }
            boolean grouped = now == Waiting.IN_GROUP;
            long left = begun + (grouped ? inGroup : inLine).toNanos() - System.nanoTime();
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (left <= 0 || interrupted) {
                if (state.compareAndSet(now, Waiting.GIVEN_UP)) {
                    String why = interrupted ? "the sale was cancelled" : "sales take too long at this node";
                    throw grouped ? RolledBack.unknown(why) : new RolledBack(why);
                }
                continue;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** Calls the thread to sell for all; answers whether it was there to be called. */
    boolean call(Lead lead) {
        boolean called = state.compareAndSet(Waiting.IN_LINE, new Called(lead));
        LockSupport.unpark(thread);
        return called;
    }

    /** What it was called with. */
    Optional<Lead> lead() {
        return state.get() instanceof Called called ? Optional.of(called.lead()) : Optional.empty();
    }

    /** Takes it into the group that is sold next; answers whether it still wants to be sold. */
    boolean join() {
        State now = state.get();
        while (now == Waiting.IN_LINE || now instanceof Called) {
            if (state.compareAndSet(now, Waiting.IN_GROUP)) {
                return true;
            }
            now = state.get();
        }
        return false;
    }

    /** Stands in line again, after it was called and found no room in the group. */
    void stayInLine() {
        State now = state.get();
        if (now instanceof Called) {
            state.compareAndSet(now, Waiting.IN_LINE);
        }
    }

    /** Has its thread sell it alone. */
    void leaveToItself() {
        end(Waiting.LEFT_TO_ITSELF);
    }

    /** Says how it ended. */
    void sold(Optional<OrderOutcome> outcome, Committed<?> with) {
        end(new Sold(outcome, with));
    }

    /** Says why it did not end well. */
    void failed(Throwable why) {
        end(new Failed(why));
    }

    private void end(State end) {
        state.compareAndSet(Waiting.IN_GROUP, end);
        LockSupport.unpark(thread);
    }

    /**
     * How it ended, for its own thread, which may wait here for PostgreSQL; what it failed with is thrown.
     *
     * @return empty if the order id is known already
     */
    Optional<OrderOutcome> outcome() {
        State end = state.get();
        if (end instanceof Sold sold) {
            return sold.outcome().map(outcome -> withDurability(outcome, sold.with()));
        }
        @Nullable Throwable why = end instanceof Failed failed ? failed.why() : null;
        if (why instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (why instanceof Error thrown) {
            throw thrown;
        }
        throw new IllegalStateException("a sale without an answer", why);
    }

    /** What the outcome is when the rows have come as far as they do in time. */
    static OrderOutcome withDurability(OrderOutcome outcome, Committed<?> with) {
        return outcome instanceof OrderOutcome.Completed completed
                ? new OrderOutcome.Completed(completed.receipt().with(with.durability()))
                : outcome;
    }
}
