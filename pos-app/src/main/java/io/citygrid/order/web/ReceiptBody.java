package io.citygrid.order.web;

import io.citygrid.model.order.Durability;
import io.citygrid.model.order.Receipt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A receipt as callers see it. */
record ReceiptBody(
        UUID orderId,
        int storeId,
        long orderNo,
        @Nullable Integer customerId,
        String status,
        BigDecimal total,
        String method,
        BigDecimal tendered,
        BigDecimal changeDue,
        List<Item> items,
        Instant paidAt,
        Durability durability) {
    /** A line of it. */
    record Item(int lineNo, int productId, String name, int quantity, BigDecimal price, BigDecimal lineTotal) {}

    static ReceiptBody of(Receipt receipt) {
        return new ReceiptBody(
                receipt.orderId(),
                receipt.storeId(),
                receipt.orderNo(),
                receipt.customerId(),
                receipt.status(),
                receipt.total(),
                receipt.method(),
                receipt.tendered(),
                receipt.changeDue(),
                receipt.lines().stream()
                        .map(line -> new Item(
                                line.lineNo(),
                                line.productId(),
                                line.name(),
                                line.quantity(),
                                line.price(),
                                line.lineTotal()))
                        .toList(),
                receipt.paidAt(),
                receipt.durability());
    }
}
