package io.citygrid.model.catalog;

import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** Where the PostgreSQL database is of a city that was added to a running grid. The city's id is the key. */
public final class CityDatabase implements Versioned<CityDatabase> {
    private static final int URL_LENGTH_MAX = 500;

    @QuerySqlField(name = "url", notNull = true)
    private final String url;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "created_at", notNull = true)
    private final Timestamp createdAt;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /**
     * @param url its JDBC URL, without a login
     * @throws IllegalArgumentException if a value is missing, too long or out of range
     */
    public CityDatabase(String url, long version, Instant createdAt, Instant updatedAt) {
        this.url = Texts.required(url, "url", URL_LENGTH_MAX);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("'" + url + "' is no address of a PostgreSQL database");
        }
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.createdAt = Moments.column(createdAt);
        this.updatedAt = Moments.column(updatedAt);
    }

    public String url() {
        return url;
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
    public boolean sameContentAs(CityDatabase other) {
        return url.equals(other.url);
    }

    @Override
    public CityDatabase succeeding(CityDatabase previous, Instant changedAt) {
        return new CityDatabase(url, previous.version + 1, previous.createdAt(), changedAt);
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new CityDatabase(url, version, createdAt.toInstant(), updatedAt.toInstant());
    }
}
