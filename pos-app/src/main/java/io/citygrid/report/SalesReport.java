package io.citygrid.report;

import java.math.BigDecimal;
import java.util.List;

/**
 * Sales in groups.
 *
 * @param rows cities, stores and days in their order, categories and products by revenue, the highest first
 * @param orders receipts in all; one with products of two categories is in two rows, and here once
 * @param units in all
 * @param total revenue in all
 */
public record SalesReport(List<Row> rows, long orders, long units, BigDecimal total) {
    /**
     * One group.
     *
     * @param key the id, or the day as {@code 2026-11-21}
     * @param orders receipts with something of the group
     */
    public record Row(Object key, String name, long orders, long units, BigDecimal revenue) {}
}
