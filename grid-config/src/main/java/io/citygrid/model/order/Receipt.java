package io.citygrid.model.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A completed order as the customer gets it. Product names are the catalogue's of the moment it is printed. */
public final class Receipt {
    /** A line of the receipt. */
    public static final class Line {
        private final int lineNo;
        private final int productId;
        private final String name;
        private final int quantity;
        private final BigDecimal price;

        public Line(int lineNo, int productId, String name, int quantity, BigDecimal price) {
            this.lineNo = lineNo;
            this.productId = productId;
            this.name = name;
            this.quantity = quantity;
            this.price = price;
        }

        public int lineNo() {
            return lineNo;
        }

        public int productId() {
            return productId;
        }

        public String name() {
            return name;
        }

        public int quantity() {
            return quantity;
        }

        /** Of one unit. */
        public BigDecimal price() {
            return price;
        }

        public BigDecimal lineTotal() {
            return price.multiply(BigDecimal.valueOf(quantity));
        }
    }

    private final OrderKey key;
    private final Order order;
    private final Payment payment;
    private final ArrayList<Line> lines;
    private final Durability durability;

    public Receipt(OrderKey key, Order order, Payment payment, List<Line> lines, Durability durability) {
        this.key = key;
        this.order = order;
        this.payment = payment;
        this.lines = new ArrayList<>(lines);
        this.durability = durability;
    }

    /** The same receipt, of a sale that has come so far. */
    public Receipt with(Durability reached) {
        return new Receipt(key, order, payment, lines, reached);
    }

    public UUID orderId() {
        return order.orderId();
    }

    public int storeId() {
        return key.storeId();
    }

    /** The number on the receipt: 1, 2, 3 … in each store. */
    public long orderNo() {
        return key.orderNo();
    }

    public @Nullable Integer customerId() {
        return order.customerId();
    }

    public String status() {
        return order.status();
    }

    public BigDecimal total() {
        return order.total();
    }

    public String method() {
        return payment.method();
    }

    public BigDecimal tendered() {
        return payment.tendered();
    }

    public BigDecimal changeDue() {
        return payment.changeDue();
    }

    public Instant paidAt() {
        return payment.paidAt();
    }

    public List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }

    public Durability durability() {
        return durability;
    }
}
