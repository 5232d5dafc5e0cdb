package io.citygrid.model.catalog;

import io.citygrid.model.Moments;
import io.citygrid.model.Money;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** A product of the catalogue. Its id is the key; its price is what every sale charges. */
public final class Product implements Versioned<Product> {
    @QuerySqlField(name = "sku", notNull = true, index = true)
    private final String sku;

    @QuerySqlField(name = "barcode", index = true)
    private final @Nullable String barcode;

    @QuerySqlField(name = "name", notNull = true)
    private final String name;

    @QuerySqlField(name = "category_id", notNull = true, index = true)
    private final int categoryId;

    @QuerySqlField(name = "price", notNull = true, precision = Money.PRECISION, scale = Money.SCALE)
    private final BigDecimal price;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "created_at", notNull = true)
    private final Timestamp createdAt;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public Product(
            String sku,
            @Nullable String barcode,
            String name,
            int categoryId,
            BigDecimal price,
            long version,
            Instant createdAt,
            Instant updatedAt) {
        this.sku = Texts.required(sku, "sku", 40);
        this.barcode = Texts.optional(barcode, "barcode", 40);
        this.name = Texts.required(name, "name", 150);
        this.categoryId = categoryId;
        this.price = Money.of(price);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.createdAt = Moments.column(createdAt);
        this.updatedAt = Moments.column(updatedAt);
    }

    /** The chain's own code of the product (stock keeping unit), unique. */
    public String sku() {
        return sku;
    }

    /** The GTIN that a scanner reads, where the product has one. */
    public @Nullable String barcode() {
        return barcode;
    }

    public String name() {
        return name;
    }

    public int categoryId() {
        return categoryId;
    }

    public BigDecimal price() {
        return price;
    }

    @Override
    public long version() {
        return version;
    }

    public Instant createdAt() {
        return createdAt.toInstant();
    }

    public Instant updatedAt() {
        return updatedAt.toInstant();
    }

    @Override
    public boolean sameContentAs(Product other) {
        return sku.equals(other.sku)
                && Objects.equals(barcode, other.barcode)
                && name.equals(other.name)
                && categoryId == other.categoryId
                && price.equals(other.price);
    }

    @Override
    public Product succeeding(Product previous, Instant changedAt) {
        return new Product(
                sku, barcode, name, categoryId, price, previous.version + 1, previous.createdAt(), changedAt);
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new Product(
                sku, barcode, name, categoryId, price, version, createdAt.toInstant(), updatedAt.toInstant());
    }
}
