package io.citygrid.testing;

import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** What registers sold and what they were refused, with the times of each; all times are of {@link System#nanoTime()}. */
public record SalesLog(List<Sold> sold, List<Refused> refused) {
    /**
     * A sale with its receipt.
     *
     * @param repeated whether the answer was that of an order that was complete already
     * @param begunNanos when it was asked for first
     */
    public record Sold(
            OrderRequest request,
            long orderNo,
            Durability durability,
            boolean repeated,
            long begunNanos,
            long endedNanos) {
        Duration took() {
            return Duration.ofNanos(endedNanos - begunNanos);
        }
    }

    /** A basket that was not sold. */
    public record Refused(OrderRequest request, OrderOutcome outcome, long begunNanos, long endedNanos) {}

    public SalesLog inCity(int cityId) {
        return new SalesLog(
                sold.stream().filter(sale -> sale.request().cityId() == cityId).toList(),
                refused.stream()
                        .filter(refusal -> refusal.request().cityId() == cityId)
                        .toList());
    }

    /** What was under way or answered at {@code fromNanos} or later. */
    public SalesLog since(long fromNanos) {
        return new SalesLog(
                sold.stream().filter(sale -> sale.endedNanos() - fromNanos >= 0).toList(),
                refused.stream()
                        .filter(refusal -> refusal.endedNanos() - fromNanos >= 0)
                        .toList());
    }

    /** What was both asked for and answered between the two moments. */
    public SalesLog within(long fromNanos, long toNanos) {
        return new SalesLog(
                sold.stream()
                        .filter(sale -> sale.begunNanos() - fromNanos >= 0 && sale.endedNanos() - toNanos <= 0)
                        .toList(),
                refused.stream()
                        .filter(refusal -> refusal.begunNanos() - fromNanos >= 0 && refusal.endedNanos() - toNanos <= 0)
                        .toList());
    }

    /** The longest that a register waited for one sale, over all tries. */
    public Duration slowest() {
        return sold.stream().map(Sold::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** When the slowest sale was asked for, from {@code fromNanos} on. */
    public Duration slowestBegan(long fromNanos) {
        return sold.stream()
                .max(Comparator.comparing(Sold::took))
                .map(sale -> Duration.ofNanos(sale.begunNanos() - fromNanos))
                .orElse(Duration.ZERO);
    }

    /** The longest time in which no register was given a receipt. */
    public Duration longestSilence() {
        long[] ended = sold.stream().mapToLong(Sold::endedNanos).sorted().toArray();
        return Duration.ofNanos(LongStream.range(1, ended.length)
                .map(i -> ended[(int) i] - ended[(int) i - 1])
                .max()
                .orElse(0));
    }

    public long count(Durability durability) {
        return sold.stream().filter(sale -> sale.durability() == durability).count();
    }

    /** For the output of a test: numbers that its assertions do not show. */
    public String summary() {
        return "%d sales (%d written through, %d queued), %d answered from the mapping, %d refused, slowest %d ms, longest silence %d ms"
                .formatted(
                        sold.size(),
                        count(Durability.WRITTEN_THROUGH),
                        count(Durability.QUEUED),
                        sold.stream().filter(Sold::repeated).count(),
                        refused.size(),
                        slowest().toMillis(),
                        longestSilence().toMillis());
    }
}
