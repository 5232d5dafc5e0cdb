package io.citygrid.model.catalog;

import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** A city in which the chain has stores. Its id is the key. */
public final class City implements Versioned<City> {
    @QuerySqlField(name = "name", notNull = true)
    private final String name;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "created_at", notNull = true)
    private final Timestamp createdAt;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public City(String name, long version, Instant createdAt, Instant updatedAt) {
        this.name = Texts.required(name, "name", 100);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.createdAt = Moments.column(createdAt);
        this.updatedAt = Moments.column(updatedAt);
    }

    public String name() {
        return name;
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
    public boolean sameContentAs(City other) {
        return name.equals(other.name);
    }

    @Override
    public City succeeding(City previous, Instant changedAt) {
        return new City(name, previous.version + 1, previous.createdAt(), changedAt);
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new City(name, version, createdAt.toInstant(), updatedAt.toInstant());
    }
}
