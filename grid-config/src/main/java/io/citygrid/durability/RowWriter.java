package io.citygrid.durability;

import java.util.Collection;
import java.util.Iterator;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** The cache writer of every cache: collects rows for {@link WriteThrough}, which writes them when the transaction commits. */
final class RowWriter<K, V> implements CacheWriter<K, V> {
    private final String table;

    RowWriter(String table) {
        this.table = table;
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        WriteSet.current().put(table, entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        // The contract of writeAll: what was written is taken out, what remains counts as failed.
        Iterator<Cache.Entry<? extends K, ? extends V>> remaining = entries.iterator();
        while (remaining.hasNext()) {
            write(remaining.next());
            remaining.remove();
        }
    }

    @Override
    public void delete(Object key) {
        WriteSet.current().put(table, key, null);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        Iterator<?> remaining = keys.iterator();
        while (remaining.hasNext()) {
            delete(remaining.next());
            remaining.remove();
        }
    }
}
