package io.citygrid.durability;

import io.citygrid.model.CityFragment;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row as PostgreSQL gives it back, its columns by their names. */
final class PgRow {
    /** The affinity key, the first column of every city table. */
    static final String FRAGMENT = "city_fragment";

    private final ResultSet row;

    PgRow(ResultSet row) {
        this.row = row;
    }

    /** The city of the row's fragment. */
    int cityOfFragment() throws SQLException {
        return CityFragment.cityOf(integer(FRAGMENT));
    }

    int integer(String column) throws SQLException {
        return row.getInt(column);
    }

    @Nullable
    Integer integerIfAny(String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }

    long number(String column) throws SQLException {
        return row.getLong(column);
    }

    String text(String column) throws SQLException {
        return row.getString(column);
    }

    @Nullable
    String textIfAny(String column) throws SQLException {
        return row.getString(column);
    }

    BigDecimal money(String column) throws SQLException {
        return row.getBigDecimal(column);
    }

    UUID uuid(String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    Instant moment(String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
