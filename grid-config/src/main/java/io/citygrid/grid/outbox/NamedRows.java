package io.citygrid.grid.outbox;

import io.citygrid.model.order.OrderKey;
import java.util.TreeSet;

/** Rows by name, in words for the replication log. */
final class NamedRows {
    private final TreeSet<String> tables = new TreeSet<>();
    private final TreeSet<OrderKey> orders = new TreeSet<>();
    private Object only = "";
    private int size;

    void add(String table, Object key) {
        tables.add(table);
        only = key;
        size++;
        if (key instanceof OrderKey order) {
            orders.add(order);
        }
    }

    int size() {
        return size;
    }

    /** Their tables; those of sales come together and are called by their orders. */
    String tables() {
        return orders.isEmpty() ? String.join(",", tables) : "orders";
    }

    /** Which orders they are, or the only row, or how many. */
    String records() {
        if (!orders.isEmpty()) {
            return OrderRanges.words(orders);
        }
        return size == 1 ? only.toString() : size + " rows";
    }
}
