package io.citygrid.durability;

import io.citygrid.durability.PgWarehouse.Position;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes back, in the central database, what it was told of a time that an operator has undone. */
public final class PgSetBack {
    private static final String POSITIONS =
            "SELECT city_id, store_id, last_order_no, last_order_id, corrections FROM warehouse.positions";

    private static final String MOVE_BACK =
            """
            UPDATE warehouse.positions SET last_order_no = ?, last_order_id = ?, fed_at = now()
            WHERE city_id = ? AND store_id = ?""";

    private static final String DELETE_FACTS =
            "DELETE FROM warehouse.fact_sales WHERE city_id = ? AND store_id = ? AND order_no > ?";

    private static final String DELETE_LOG = "DELETE FROM replication_log WHERE id >= ? AND id <> ALL (?)";

    private final Databases databases;

    public PgSetBack(Databases databases) {
        this.databases = databases;
    }

    /**
     * How far each store's receipts are in the warehouse.
     *
     * @throws DatabaseRefusal if the central database cannot be asked
     */
    public Map<StoreKey, Position> positions() {
        return aside(connection -> {
            Map<StoreKey, Position> positions = new TreeMap<>();
            try (PreparedStatement query = connection.prepareStatement(POSITIONS);
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    positions.put(
                            new StoreKey(row.getInt(1), row.getInt(2)),
                            new Position(row.getLong(3), row.getObject(4, UUID.class), row.getLong(5)));
                }
            }
            return positions;
        });
    }

    /**
     * The warehouse keeps of a store the receipts up to {@code last} alone.
     *
     * @param lastId the order id of that receipt; {@code null} if none is kept
     * @throws DatabaseRefusal if the central database did not do it, or may not have
     */
    public void warehouse(StoreKey store, long last, @Nullable UUID lastId) {
        aside(connection -> {
            // The position first: whoever adds facts of the store holds it.
            try (PreparedStatement move = connection.prepareStatement(MOVE_BACK);
                    PreparedStatement facts = connection.prepareStatement(DELETE_FACTS)) {
                move.setLong(1, last);
                move.setObject(2, lastId, java.sql.Types.OTHER);
                move.setInt(3, store.cityId());
                move.setInt(4, store.storeId());
                move.executeUpdate();
                facts.setInt(1, store.cityId());
                facts.setInt(2, store.storeId());
                facts.setLong(3, last);
                return facts.executeUpdate();
            }
        });
    }

    /**
     * The replication log loses its rows from {@code firstId} on, except for {@code kept}; answers how many.
     *
     * @throws DatabaseRefusal if the central database did not do it, or may not have
     */
    public int log(long firstId, Collection<Long> kept) {
        return aside(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE_LOG)) {
                delete.setLong(1, firstId);
                delete.setArray(2, connection.createArrayOf("int8", kept.toArray()));
                return delete.executeUpdate();
            }
        });
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T aside(Work<T> work) {
        try (Connection connection = databases.connectAside(DatabaseSettings.CENTRAL)) {
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException thrown) {
            throw DatabaseRefusal.of(databases.settings().name(DatabaseSettings.CENTRAL), thrown);
        }
    }
}
