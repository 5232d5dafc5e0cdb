package io.citygrid.order;

import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.GridTransaction.Committed;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.StoreOpening;
import io.citygrid.model.order.OrderOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignite;
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

    /** No basket joins a group with so many, which PostgreSQL must write in a second. */
    private static final int LINES_TOGETHER = 400;

    private final Ignite node;
    private final ConcurrentLinkedQueue<Turn> line = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean selling = new AtomicBoolean();

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
        Turn own = new Turn(sale, authority);
        line.add(own);
        if (selling.compareAndSet(false, true)) {
            sellForAll();
        }
        while (true) {
            switch (own.await(IN_LINE_WITHIN, IN_GROUP_WITHIN)) {
                case SELL_FOR_ALL -> {
                    sellForAll();
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
    private void sellForAll() {
        try {
            List<Turn> group = nextGroup();
            if (!group.isEmpty()) {
                sellTogether(group);
            }
        } finally {
            callNext();
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
            if (next.join()) {
                group.add(next);
                lines += next.sale().basket().quantities().size();
            }
        }
        return group;
    }

    private void sellTogether(List<Turn> group) {
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
            if (group.size() == 1 || (failed instanceof RolledBack rolledBack && rolledBack.isInDoubt())) {
                group.forEach(turn -> turn.failed(failed));
            } else {
                log.debug("{} baskets are sold one by one", group.size(), failed);
                group.forEach(Turn::leaveToItself);
            }
        } catch (Error failed) {
            group.forEach(turn -> turn.failed(failed));
            throw failed;
        }
    }

    private Optional<OrderOutcome> sellAlone(Turn own) {
        SaleGroup alone = new SaleGroup(List.of(own.sale()), own.authority());
        Committed<List<Optional<OrderOutcome>>> sold =
                GridTransaction.commit(node, transaction -> alone.sell(node, transaction));
        return sold.result().get(0).map(outcome -> Turn.withDurability(outcome, sold));
    }

    /** Calls the first in line; if nobody is, whoever comes next sells. */
    private void callNext() {
        do {
            for (Turn next = line.peek(); next != null; next = line.peek()) {
                if (next.call()) {
                    return;
                }
                // It has given up.
                line.remove(next);
            }
            selling.set(false);
        } while (!line.isEmpty() && selling.compareAndSet(false, true));
    }
}
