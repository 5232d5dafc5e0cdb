package io.citygrid.order;

import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.GridTransaction.Committed;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.metrics.NodeMeters;
import io.citygrid.grid.outbox.StoreOpening;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.store.StoreKey;
import io.citygrid.order.Turn.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells baskets of a city that are at a node at the same time in one grid transaction, and so in one transaction of PostgreSQL:
 * what a transaction costs is shared, and baskets of one store do not wait for each other's locks. Nobody waits for a group to
 * gather: it is made of those who came while the one before was being sold.
 *
 * <p>There is no thread for it. Whoever comes when nobody sells, sells for all who have come, and then calls one of those who came
 * meanwhile. When a group fails, each of its threads sells its own basket, so that nobody is refused, or kept waiting, for another
 * one's.
 */
final class GroupedSales {
    private static final Logger log = LoggerFactory.getLogger(GroupedSales.class);

    /** About as long as a register waits before it asks another node. */
    private static final Duration IN_LINE_WITHIN = Duration.ofMillis(1_500);

    /** Longer than a transaction and its commit may take. */
    private static final Duration IN_GROUP_WITHIN = Duration.ofSeconds(10);

    /** A group that fails after so long has waited for a lock that something else holds. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** How long stores of such a group keep no others waiting; a lock that is not had in time is given up after less. */
    private static final Duration ALONE_FOR = Duration.ofSeconds(10);

    /** No basket joins a group with so many, which PostgreSQL must write in a second. */
    private static final int LINES_TOGETHER = 400;

    private final Ignite node;
    private final ConcurrentLinkedQueue<Turn> line = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Lead> lead = new AtomicReference<>();

    /** Stores for which something else holds a lock, and until when each of their baskets is sold by itself. */
    private final Map<StoreKey, Long> slow = new ConcurrentHashMap<>();

    private GroupedSales(Ignite node) {
        this.node = node;
    }

    /** Those of a city at {@code node}. */
    static GroupedSales of(Ignite node, int cityId) {
        return node.cluster()
                .<String, ConcurrentHashMap<Integer, GroupedSales>>nodeLocalMap()
                .computeIfAbsent(GroupedSales.class.getName(), unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(cityId, unused -> new GroupedSales(node));
    }

    /**
     * Sells the basket, with those of others.
     *
     * @return how it ended; empty if the order id is known already
     * @throws RolledBack as {@link GridTransaction#commit}, or if it took too long
     * @throws io.citygrid.durability.DatabaseRefusal as {@link GridTransaction#commit}
     */
    Optional<OrderOutcome> sell(Sale sale, CityAuthority authority) {
        long begun = System.nanoTime();
        try {
            return inLine(sale, authority);
        } finally {
            NodeMeters.of(node).inGroup(System.nanoTime() - begun);
        }
    }

    private Optional<OrderOutcome> inLine(Sale sale, CityAuthority authority) {
        Turn own = new Turn(sale, authority);
        if (isSlow(sale.store())) {
            return sellAlone(own);
        }
        line.add(own);
        Lead before = lead.get();
        Lead mine = new Lead();
        // One who has not come back has lost it: the others must not wait for ever.
        if ((before == null || before.isOlderThan(IN_GROUP_WITHIN)) && lead.compareAndSet(before, mine)) {
            sellForAll(mine);
        }
        while (true) {
            switch (own.await(IN_LINE_WITHIN, IN_GROUP_WITHIN)) {
                case SELL_FOR_ALL -> {
                    own.lead().ifPresent(this::sellForAll);
                    own.stayInLine();
                }
                case SELL_ALONE -> {
                    return sellAlone(own);
                }
                case GO -> {
                    return own.outcome();
                }
            }
        }
    }

    /** Sells the next group, and calls whoever sells the one after it. */
    private void sellForAll(Lead own) {
        try {
            List<Turn> group = nextGroup();
            if (!group.isEmpty()) {
                sellTogether(group);
            }
        } finally {
            passOn(own);
        }
    }

    private List<Turn> nextGroup() {
        List<Turn> group = new ArrayList<>();
        int lines = 0;
        while (group.size() < StoreOpening.ORDERS_TOGETHER_MAX && lines < LINES_TOGETHER) {
            Turn next = line.poll();
            if (next == null) {
                break;
            }
            if (!next.join()) {
                continue;
            }
            if (isSlow(next.sale().store())) {
                next.leaveToItself();
            } else {
                group.add(next);
                lines += next.sale().basket().quantities().size();
            }
        }
        return group;
    }

    private void sellTogether(List<Turn> group) {
        long begun = System.nanoTime();
        NodeMeters.of(node).group(group.size());
        try {
            SaleGroup sales = new SaleGroup(
                    group.stream().map(Turn::sale).toList(),
                    group.get(group.size() - 1).authority());
            Committed<List<Optional<OrderOutcome>>> sold =
                    GridTransaction.commit(node, transaction -> sales.sell(node, transaction));
            for (int i = 0; i < group.size(); i++) {
                group.get(i).sold(sold.result().get(i), sold);
            }
        } catch (RuntimeException failed) {
            noteIfSlow(begun, group);
            if (group.size() == 1 || (failed instanceof RolledBack rolledBack && rolledBack.isInDoubt())) {
                group.forEach(turn -> turn.failed(failed));
            } else {
                log.debug("{} baskets are sold one by one", group.size(), failed);
                group.forEach(Turn::leaveToItself);
            }
        } catch (Error failed) {
            // Each of them throws it on; who sold for them may be none of them.
            group.forEach(turn -> turn.failed(failed));
        }
    }

    private boolean isSlow(StoreKey store) {
        Long until = slow.get(store);
        if (until == null) {
            return false;
        }
        if (System.nanoTime() - until < 0) {
            return true;
        }
        slow.remove(store, until);
        return false;
    }

    private Optional<OrderOutcome> sellAlone(Turn own) {
        SaleGroup alone = new SaleGroup(List.of(own.sale()), own.authority());
        NodeMeters.of(node).group(1);
        long begun = System.nanoTime();
        try {
            Committed<List<Optional<OrderOutcome>>> sold =
                    GridTransaction.commit(node, transaction -> alone.sell(node, transaction));
            return sold.result().get(0).map(outcome -> Turn.withDurability(outcome, sold));
        } catch (RuntimeException failed) {
            noteIfSlow(begun, List.of(own));
            throw failed;
        }
    }

    private void noteIfSlow(long begun, List<Turn> failed) {
        if (System.nanoTime() - begun > SLOW.toNanos()) {
            long until = System.nanoTime() + ALONE_FOR.toNanos();
            failed.forEach(turn -> slow.put(turn.sale().store(), until));
        }
    }

    /** Calls the first in line; if nobody is, whoever comes next sells. */
    private void passOn(Lead own) {
        Lead holding = own;
        do {
            for (Turn next = line.peek(); next != null; next = line.peek()) {
                Lead handed = new Lead();
                if (!lead.compareAndSet(holding, handed)) {
                    // It took so long that somebody else has taken over.
                    return;
                }
                holding = handed;
                if (next.call(handed)) {
                    return;
                }
                // It has given up.
                line.remove(next);
            }
            if (!lead.compareAndSet(holding, null)) {
                return;
            }
            holding = new Lead();
        } while (!line.isEmpty() && lead.compareAndSet(null, holding));
    }
}
