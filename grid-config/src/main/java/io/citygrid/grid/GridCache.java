package io.citygrid.grid;

import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.client.ClientCache;
import org.apache.ignite.client.IgniteClient;

/**
 * The name and types of a cache, and the way to it. Caches are looked up only here: Ignite answers a mistyped name with
 * {@code null} on a node, and creates nothing.
 *
 * @param name of the cache, of its SQL table and of its PostgreSQL table
 */
public record GridCache<K, V>(String name, Class<K> keyType, Class<V> valueType, Kind kind) {
    /** Where a cache's rows live. */
    public enum Kind {
        /** On every node, and in the central database. */
        REFERENCE,
        /** On every node of the grid alone, and on its disks. */
        REFERENCE_GRID_ONLY,
        /** In city fragments, and in the city's database. */
        CITY,
        /** In city fragments of the grid alone. */
        CITY_GRID_ONLY,
        /** In city fragments of the grid alone, worked out from other rows. */
        CITY_DERIVED,
        /** In city fragments, from where a feed brings them to the central database. */
        CITY_TO_CENTRAL,
        /** On every node of the grid alone, and on its disks, where no restore of a backup touches it. */
        OPERATIONS,
        /** On every node, in memory alone: what nodes tell each other about now. It is gone when all nodes are. */
        STATUS;

        /** Whether grid transactions write rows through to PostgreSQL. */
        public boolean inPostgres() {
            return this == REFERENCE || this == CITY;
        }

        /** Whether rows lie in city fragments. */
        public boolean fragmented() {
            return this == CITY || this == CITY_GRID_ONLY || this == CITY_DERIVED || this == CITY_TO_CENTRAL;
        }

        /** Whether rows can be read with SQL. */
        public boolean inSql() {
            return inPostgres() || this == CITY_DERIVED || this == CITY_TO_CENTRAL;
        }
    }

    /** On a node. */
    public IgniteCache<K, V> on(Ignite node) {
        IgniteCache<K, V> cache = node.cache(name);
        if (cache == null) {
            throw new IllegalStateException("node " + node.name() + " has no cache " + name
                    + ": is the cluster active and does it run this version?");
        }
        return cache;
    }

    /** Through a thin client. */
    public ClientCache<K, V> on(IgniteClient client) {
        return client.cache(name);
    }
}
