package io.citygrid.model.customer;

import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** A customer's phone and mail address: a vertical fragment that only roles which need it may read. */
public final class CustomerContact implements Versioned<CustomerContact> {
    @QuerySqlField(name = "phone")
    private final @Nullable String phone;

    @QuerySqlField(name = "email")
    private final @Nullable String email;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "created_at", notNull = true)
    private final Timestamp createdAt;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public CustomerContact(
            @Nullable String phone, @Nullable String email, long version, Instant createdAt, Instant updatedAt) {
        this.phone = Texts.optional(phone, "phone", 40);
        this.email = Texts.optional(email, "email", 150);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.createdAt = Moments.column(createdAt);
        this.updatedAt = Moments.column(updatedAt);
    }

    public @Nullable String phone() {
        return phone;
    }

    public @Nullable String email() {
        return email;
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
    public boolean sameContentAs(CustomerContact other) {
        return Objects.equals(phone, other.phone) && Objects.equals(email, other.email);
    }

    @Override
    public CustomerContact succeeding(CustomerContact previous, Instant changedAt) {
        return new CustomerContact(phone, email, previous.version + 1, previous.createdAt(), changedAt);
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new CustomerContact(phone, email, version, createdAt.toInstant(), updatedAt.toInstant());
    }
}
