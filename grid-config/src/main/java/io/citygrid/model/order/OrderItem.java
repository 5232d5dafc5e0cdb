package io.citygrid.model.order;

import io.citygrid.model.Moments;
import io.citygrid.model.Money;
import io.citygrid.model.Versioned;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** A line of an order, with what reports group by as it was at the sale. */
public final class OrderItem {
    @QuerySqlField(name = "product_id", notNull = true)
    private final int productId;

    @QuerySqlField(name = "quantity", notNull = true)
    private final int quantity;

    @QuerySqlField(name = "price", notNull = true, precision = Money.PRECISION, scale = Money.SCALE)
    private final BigDecimal price;

    @QuerySqlField(name = "city_id", notNull = true)
    private final int cityId;

    @QuerySqlField(name = "category_id", notNull = true)
    private final int categoryId;

    @QuerySqlField(name = "ordered_at", notNull = true)
    private final Timestamp orderedAt;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public OrderItem(
            int productId,
            int quantity,
            BigDecimal price,
            int cityId,
            int categoryId,
            Instant orderedAt,
            long version) {
        this.productId = productId;
        if (quantity < 1) {
            throw new IllegalArgumentException("a line sells at least one, not " + quantity);
        }
        this.quantity = quantity;
        this.price = Money.of(price);
        this.cityId = cityId;
        this.categoryId = categoryId;
        this.orderedAt = Moments.column(orderedAt);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
    }

    public int productId() {
        return productId;
    }

    public int quantity() {
        return quantity;
    }

    /** Of one unit, from the catalogue. */
    public BigDecimal price() {
        return price;
    }

    public int cityId() {
        return cityId;
    }

    public int categoryId() {
        return categoryId;
    }

    public Instant orderedAt() {
        return orderedAt.toInstant();
    }

    public long version() {
        return version;
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new OrderItem(productId, quantity, price, cityId, categoryId, orderedAt.toInstant(), version);
    }
}
