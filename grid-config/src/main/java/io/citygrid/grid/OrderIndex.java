package io.citygrid.grid;

import io.citygrid.model.store.StoreKey;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.binary.BinaryObject;
import org.apache.ignite.cache.query.IndexQuery;
import org.apache.ignite.cache.query.IndexQueryCriteriaBuilder;
import org.apache.ignite.cache.query.QueryCursor;

/**
 * Orders, lines and payments of a store by receipt number, read on the node that is the primary of the store: an index is walked
 * where the rows lie, without locks; a query in SQL would have to be planned on every node.
 */
public final class OrderIndex {
    private OrderIndex() {}

    /**
     * Reads the rows of the store's receipts after {@code after} up to {@code until}.
     *
     * @param cache one of those that are joined by order
     */
    public static <K, V> void read(
            Ignite node, GridCache<K, V> cache, StoreKey store, long after, long until, BiConsumer<K, V> row) {
        read(node, cache, store, after, until, Integer.MAX_VALUE, row);
    }

    /** As the other, of the first {@code rowsMax} rows alone. */
    public static <K, V> void read(
            Ignite node,
            GridCache<K, V> cache,
            StoreKey store,
            long after,
            long until,
            int rowsMax,
            BiConsumer<K, V> row) {
        if (until <= after) {
            return;
        }
        // Ignite 2.17 answers a local index query with binary objects, whoever asks.
        IndexQuery<BinaryObject, BinaryObject> wanted = new IndexQuery<>(cache.valueType());
        wanted.setCriteria(
                IndexQueryCriteriaBuilder.eq("CITY_FRAGMENT", store.cityFragment()),
                IndexQueryCriteriaBuilder.eq("STORE_ID", store.storeId()),
                IndexQueryCriteriaBuilder.between("ORDER_NO", after + 1, until));
        // Else backups were asked too, and the query would wait for one that hangs.
        wanted.setLocal(true);
        wanted.setPartition(store.cityFragment());
        if (rowsMax < Integer.MAX_VALUE) {
            wanted.setLimit(rowsMax);
        }
        try (QueryCursor<Cache.Entry<BinaryObject, BinaryObject>> rows =
                cache.on(node).<BinaryObject, BinaryObject>withKeepBinary().query(wanted)) {
            rows.forEach(found ->
                    row.accept(found.getKey().deserialize(), found.getValue().deserialize()));
        }
    }
}
