package io.citygrid.grid.outbox;

import io.citygrid.model.order.OrderKey;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names orders in few words: {@code store 1: 17-40, store 2: 5}. */
final class OrderRanges {
    private OrderRanges() {}

    /** @param orders of each store without a gap between them */
    static String words(SortedSet<OrderKey> orders) {
        Set<Integer> stores = orders.stream().map(OrderKey::storeId).collect(Collectors.toCollection(TreeSet::new));
        return stores.stream()
                .map(store -> {
                    long[] numbers = orders.stream()
                            .filter(order -> order.storeId() == store)
                            .mapToLong(OrderKey::orderNo)
                            .toArray();
                    long first = numbers[0];
                    long last = numbers[numbers.length - 1];
                    return "store " + store + ": " + (first == last ? first : first + "-" + last);
                })
                .collect(Collectors.joining(", "));
    }
}
