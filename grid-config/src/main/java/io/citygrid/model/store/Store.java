package io.citygrid.model.store;

import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** A store. */
public final class Store implements Versioned<Store> {
    @QuerySqlField(name = "code", notNull = true)
    private final String code;

    @QuerySqlField(name = "name", notNull = true)
    private final String name;

    @QuerySqlField(name = "city_id", notNull = true)
    private final int cityId;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "created_at", notNull = true)
    private final Timestamp createdAt;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public Store(String code, String name, int cityId, long version, Instant createdAt, Instant updatedAt) {
        this.code = Texts.required(code, "code", 20);
        this.name = Texts.required(name, "name", 150);
        this.cityId = cityId;
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.createdAt = Moments.column(createdAt);
        this.updatedAt = Moments.column(updatedAt);
    }

    /** Short code such as KHI001, unique. */
    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public int cityId() {
        return cityId;
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
    public boolean sameContentAs(Store other) {
        return code.equals(other.code) && name.equals(other.name) && cityId == other.cityId;
    }

    @Override
    public Store succeeding(Store previous, Instant changedAt) {
        return new Store(code, name, cityId, previous.version + 1, previous.createdAt(), changedAt);
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new Store(code, name, cityId, version, createdAt.toInstant(), updatedAt.toInstant());
    }
}
