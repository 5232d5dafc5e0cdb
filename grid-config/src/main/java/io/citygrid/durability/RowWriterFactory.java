package io.citygrid.durability;

import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;

/** Makes the writer of a cache; part of the cache's configuration, which nodes send to each other. */
public final class RowWriterFactory<K, V> implements Factory<CacheWriter<? super K, ? super V>> {
    private static final long serialVersionUID = 1L;

    private final String table;

    public RowWriterFactory(String table) {
        this.table = table;
    }

    @Override
    public CacheWriter<? super K, ? super V> create() {
        return new RowWriter<K, V>(table);
    }
}
