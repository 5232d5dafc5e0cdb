package io.citygrid.durability;

import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warehouse in the central database, on a connection of its own. Facts and the position of their store are written in one
 * transaction, and only if nobody has moved the position meanwhile: a line is there once, whoever brings it and how often.
 */
public final class PgWarehouse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PgWarehouse.class);

    /** Receipts whose facts one transaction deletes. */
    private static final int FORGOTTEN_AT_ONCE = 20_000;

    private final String database;
    private final Connection connection;

    /**
     * How far a store's receipts are in the facts.
     *
     * @param lastOrderId of that receipt; {@code null} if there is none
     * @param corrections of the store's orders that the facts know of
     */
    public record Position(long lastOrderNo, @Nullable UUID lastOrderId, long corrections) {}

    /** A line of a receipt. */
    public record Fact(
            long orderNo,
            int lineNo,
            LocalDate day,
            int productId,
            int categoryId,
            @Nullable Integer customerId,
            int quantity,
            BigDecimal price,
            BigDecimal amount,
            UUID orderId,
            Instant orderedAt) {}

    public record StoreRow(StoreKey key, String code, String name, String city) {}

    public record CategoryRow(int id, String name) {}

    public record ProductRow(int id, String sku, String name, int categoryId, String category, BigDecimal price) {}

    public record CustomerRow(int id, String code, int cityId, String city, LocalDate knownSince) {}

    /** What facts refer to; each list in the order of its keys, so that two nodes lock rows in one order. */
    public record Dimensions(
            List<LocalDate> days,
            StoreRow store,
            List<CategoryRow> categories,
            List<ProductRow> products,
            List<CustomerRow> customers) {
        public Dimensions {
            days = List.copyOf(days);
            categories = List.copyOf(categories);
            products = List.copyOf(products);
            customers = List.copyOf(customers);
        }
    }

    /** What a store sold on a day, by the facts. */
    public record DaySum(long orders, long lines, long units, BigDecimal amount) {}

    private PgWarehouse(String database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /** @throws DatabaseRefusal if the central database cannot be reached */
    public static PgWarehouse open(Databases databases) {
        String database = databases.settings().name(DatabaseSettings.CENTRAL);
        try {
            Connection connection = databases.connectAside(DatabaseSettings.CENTRAL);
            connection.setAutoCommit(false);
            return new PgWarehouse(database, connection);
        } catch (SQLException none) {
            throw DatabaseRefusal.unreachable(database, none);
        }
    }

    /** The store's; at the very beginning if the warehouse does not know it, and nobody's if it has facts without a position. */
    public Position position(StoreKey store) {
        return inOneTransaction(() -> {
            try (PreparedStatement statement = ofStore(WarehouseSql.POSITION, store);
                    ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Position(row.getLong(1), row.getObject(2, UUID.class), row.getLong(3))
                        : new Position(highest(store), null, 0);
            }
        });
    }

    /** Of {@code ids}, those whose rows were read within the last day. */
    public Set<Integer> knownCustomers(Collection<Integer> ids) {
        return inOneTransaction(() -> {
            Set<Integer> known = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(WarehouseSql.KNOWN_CUSTOMERS)) {
                statement.setArray(1, array("int4", ids, id -> id));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        known.add(rows.getInt(1));
                    }
                }
            }
            return known;
        });
    }

    /**
     * Adds facts of one store and what they refer to.
     *
     * @param from where the store must be
     * @return whether it was there
     */
    public boolean add(StoreKey store, Position from, Position to, List<Fact> facts, Dimensions dimensions) {
        return inOneTransaction(() -> {
            if (from.lastOrderNo() == 0) {
                try (PreparedStatement begin = ofStore(WarehouseSql.BEGIN, store)) {
                    begin.setLong(3, from.corrections());
                    begin.executeUpdate();
                }
            }
            if (!moved(store, from, to)) {
                return false;
            }
            addDimensions(dimensions);
            addFacts(store, facts);
            return true;
        });
    }

    private boolean moved(StoreKey store, Position from, Position to) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(WarehouseSql.MOVE)) {
            move.setLong(1, to.lastOrderNo());
            move.setObject(2, to.lastOrderId());
            move.setInt(3, store.cityId());
            move.setInt(4, store.storeId());
            move.setLong(5, from.lastOrderNo());
            move.setLong(6, from.corrections());
            move.setObject(7, from.lastOrderId(), java.sql.Types.OTHER);
            return move.executeUpdate() == 1;
        }
    }

    private void addDimensions(Dimensions dimensions) throws SQLException {
        run(WarehouseSql.ADD_DAYS, array("date", dimensions.days(), Date::valueOf));
        StoreRow store = dimensions.store();
        try (PreparedStatement statement = ofStore(WarehouseSql.ADD_STORE, store.key())) {
            statement.setString(3, store.code());
            statement.setString(4, store.name());
            statement.setString(5, store.city());
            statement.executeUpdate();
        }
        List<CategoryRow> categories = dimensions.categories();
        run(
                WarehouseSql.ADD_CATEGORIES,
                array("int4", categories, CategoryRow::id),
                array("text", categories, CategoryRow::name));
        List<ProductRow> products = dimensions.products();
        run(
                WarehouseSql.ADD_PRODUCTS,
                array("int4", products, ProductRow::id),
                array("text", products, ProductRow::sku),
                array("text", products, ProductRow::name),
                array("int4", products, ProductRow::categoryId),
                array("text", products, ProductRow::category),
                array("numeric", products, ProductRow::price));
        List<CustomerRow> customers = dimensions.customers();
        run(
                WarehouseSql.ADD_CUSTOMERS,
                array("int4", customers, CustomerRow::id),
                array("text", customers, CustomerRow::code),
                array("int4", customers, CustomerRow::cityId),
                array("text", customers, CustomerRow::city),
                array("date", customers, row -> Date.valueOf(row.knownSince())));
    }

    private void addFacts(StoreKey store, List<Fact> facts) throws SQLException {
        try (PreparedStatement statement = ofStore(WarehouseSql.ADD_FACTS, store)) {
            statement.setArray(3, array("int8", facts, Fact::orderNo));
            statement.setArray(4, array("int4", facts, Fact::lineNo));
            statement.setArray(5, array("date", facts, fact -> Date.valueOf(fact.day())));
            statement.setArray(6, array("int4", facts, Fact::productId));
            statement.setArray(7, array("int4", facts, Fact::categoryId));
            statement.setArray(8, array("int4", facts, Fact::customerId));
            statement.setArray(9, array("int4", facts, Fact::quantity));
            statement.setArray(10, array("numeric", facts, Fact::price));
            statement.setArray(11, array("numeric", facts, Fact::amount));
            statement.setArray(12, array("uuid", facts, Fact::orderId));
            statement.setArray(13, array("timestamptz", facts, Fact::orderedAt));
            statement.executeUpdate();
        }
    }

    /** Deletes the store's facts, the newest first; the feed brings them anew. Whoever finds it half done goes on with it. */
    public void forget(StoreKey store, long corrections) {
        boolean more = true;
        while (more) {
            more = inOneTransaction(() -> {
                        long keep = Math.max(0, highest(store) - FORGOTTEN_AT_ONCE);
                        // The position first: whoever adds facts of the store holds it.
                        try (PreparedStatement position = connection.prepareStatement(WarehouseSql.FORGET)) {
                            position.setLong(1, keep);
                            position.setLong(2, corrections);
                            position.setInt(3, store.cityId());
                            position.setInt(4, store.storeId());
                            position.executeUpdate();
                        }
                        try (PreparedStatement facts = ofStore(WarehouseSql.FORGET_FACTS, store)) {
                            facts.setLong(3, keep);
                            facts.executeUpdate();
                        }
                        return keep;
                    })
                    > 0;
        }
    }

    private long highest(StoreKey store) throws SQLException {
        try (PreparedStatement statement = ofStore(WarehouseSql.HIGHEST, store);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What the facts up to receipt {@code until} come to, by day. */
    public TreeMap<LocalDate, DaySum> sums(StoreKey store, long until) {
        return inOneTransaction(() -> {
            TreeMap<LocalDate, DaySum> sums = new TreeMap<>();
            try (PreparedStatement statement = ofStore(WarehouseSql.SUMS, store)) {
                statement.setLong(3, until);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        sums.put(
                                row.getObject(1, LocalDate.class),
                                new DaySum(row.getLong(2), row.getLong(3), row.getLong(4), row.getBigDecimal(5)));
                    }
                }
            }
            return sums;
        });
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T inOneTransaction(Work<T> work) {
        try {
            try {
                T result = work.run();
                if (Boolean.FALSE.equals(result)) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                return result;
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            }
        } catch (SQLException thrown) {
            throw DatabaseRefusal.of(database, thrown);
        }
    }

    private void run(String sql, Array... columns) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, columns[i]);
            }
            statement.executeUpdate();
        }
    }

    /** With the store's key as its first two parameters. */
    private PreparedStatement ofStore(String sql, StoreKey store) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setInt(1, store.cityId());
        statement.setInt(2, store.storeId());
        return statement;
    }

    private <R> Array array(String type, Collection<R> rows, Function<R, @Nullable Object> cell) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(cell).toArray());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            // What it was used for has succeeded or failed before.
            log.debug("closing a connection", broken);
        }
    }
}
