package io.citygrid.durability;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of a PostgreSQL table and where its value comes from.
 *
 * @param type PostgreSQL's name of the type, of which arrays are bound
 * @param key whether it is part of the primary key
 * @param value from a row's key and value; for a key column the value may not be looked at
 */
record Column<K, V>(String name, String type, boolean key, BiFunction<K, @Nullable V, @Nullable Object> value) {}
