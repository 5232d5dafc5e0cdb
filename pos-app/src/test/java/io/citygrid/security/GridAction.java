package io.citygrid.security;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.takeover.TakeoverRequest;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.order.OrderRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.query.ContinuousQuery;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.client.ClientCacheConfiguration;
import org.apache.ignite.client.ClientCollectionConfiguration;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.cluster.ClusterState;
import org.apache.ignite.internal.GridTaskNameHashKey;
import org.apache.ignite.internal.client.thin.TcpClientCache;
import org.apache.ignite.internal.processors.cache.version.GridCacheVersion;
import org.apache.ignite.internal.util.typedef.T3;
import org.apache.ignite.lang.IgniteUuid;
import org.apache.ignite.plugin.security.SecurityPermission;

/**
 * What somebody may try, and which of the policy's lines decides it. Whoever may do it leaves what the table watches as it was, so
 * that the next one finds it so.
 */
record GridAction(String name, Door door, Attempt attempt, BiPredicate<Policy, Role> allowed) {
    /** Ignite does not say that it was refused; whether it was, the rows show. */
    static final String CLEAR = "clear";

    /** The row of {@code categories} that is written and removed; nothing refers to it. */
    static final int ROW = 900;

    /** A table of SQL that only this is tried on. */
    static final String SCRATCH = "scratch_900";

    /** As soon as it is read. */
    private static final ExpiryPolicy EXPIRED = new TouchedExpiryPolicy(Duration.ZERO);

    /** Of a conflict write that would win. */
    private static final GridCacheVersion LATER = new GridCacheVersion(Integer.MAX_VALUE, Long.MAX_VALUE / 2, 1, 2);

    /** Does it, through the door that it is for. */
    interface Attempt {
        void by(Visitor visitor) throws Exception;
    }

    /** Does it as a thin client. */
    interface ThinAttempt {
        void by(IgniteClient client) throws Exception;
    }

    @Override
    public String toString() {
        return door + ": " + name;
    }

    /** Removes whatever row it is called for. */
    public static final class Removing implements EntryProcessor<Integer, Category, Boolean> {
        @Override
        public Boolean process(MutableEntry<Integer, Category> entry, Object... arguments) {
            entry.remove();
            return true;
        }
    }

    /** Everything that is tried. A door more is a list more here. */
    static List<GridAction> all(OrderRequest basket) {
        return Stream.of(rows(), queries(Door.THIN_CLIENT), queries(Door.JDBC), cluster(basket), utility())
                .flatMap(List::stream)
                .toList();
    }

    private static List<GridAction> rows() {
        String rows = GridCaches.CATEGORIES.name();
        BiPredicate<Policy, Role> read = on(SecurityPermission.CACHE_READ, rows);
        BiPredicate<Policy, Role> put = on(SecurityPermission.CACHE_PUT, rows);
        BiPredicate<Policy, Role> remove = on(SecurityPermission.CACHE_REMOVE, rows);
        return List.of(
                thin("get", read, client -> client.cache(rows).get(ROW)),
                thin("get what expires", (policy, role) -> false, client -> client.cache(rows)
                        .withExpirePolicy(EXPIRED)
                        .get(ROW)),
                thin("put what expires", (policy, role) -> false, client -> client.cache(rows)
                        .withExpirePolicy(EXPIRED)
                        .put(ROW, row())),
                thin("get all", read, client -> client.cache(rows).getAll(Set.of(ROW, ROW + 1))),
                thin("scan", read, client -> client.cache(rows)
                        .query(new ScanQuery<>())
                        .getAll()),
                thin("listen", read, client -> client.cache(rows)
                        .query(new ContinuousQuery<Object, Object>().setLocalListener(events -> {}))
                        .close()),
                thin("contact data", on(SecurityPermission.CACHE_READ, "customer_contacts"), client -> client.cache(
                                "customer_contacts")
                        .query(new ScanQuery<>())
                        .getAll()),
                thin("put", put, client -> client.cache(rows).put(ROW, row())),
                thin("put all", put, client -> client.cache(rows).putAll(Map.of(ROW, row()))),
                thin("replace", put, client -> client.cache(rows).replace(ROW, row())),
                thin("remove", remove, client -> client.cache(rows).remove(ROW)),
                thin("remove all of some", remove, client -> client.cache(rows).removeAll(Set.of(ROW))),
                thin(CLEAR, remove, client -> client.cache(rows).clear(ROW)),
                thin("clear all", on(SecurityPermission.CACHE_REMOVE, SCRATCH + "_cache"), client -> client.cache(
                                SCRATCH + "_cache")
                        .clear()),
                thin("get and remove", remove.and(read), client -> client.cache(rows)
                        .getAndRemove(ROW)),
                thin("invoke what removes", put.and(remove), client -> client.<Integer, Category>cache(rows)
                        .invoke(ROW, new Removing())),
                thin("invoke what removes, later", put.and(remove), client -> client.<Integer, Category>cache(rows)
                        .invokeAsync(ROW, new Removing())
                        .get(10, TimeUnit.SECONDS)),
                thin("invoke all what removes", put.and(remove), client -> client.<Integer, Category>cache(rows)
                        .invokeAll(Set.of(ROW), new Removing())));
    }

    static Category row() {
        return new Category("Tried", Versioned.FIRST, Moments.now(), Moments.now());
    }

    private static List<GridAction> queries(Door door) {
        BiPredicate<Policy, Role> read = on(SecurityPermission.CACHE_READ, "categories");
        BiPredicate<Policy, Role> put = on(SecurityPermission.CACHE_PUT, "categories");
        BiPredicate<Policy, Role> alter =
                on(SecurityPermission.CACHE_CREATE, "SQL_PUBLIC_" + SCRATCH.toUpperCase(Locale.ROOT));
        String values = " (id, name, version, created_at, updated_at) VALUES (" + (ROW + 1)
                + ", 'Tried', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)";
        return List.of(
                sql(door, "SELECT", read, "SELECT name FROM categories"),
                sql(
                        door,
                        "SELECT contact data",
                        on(SecurityPermission.CACHE_READ, "customer_contacts"),
                        "SELECT * FROM customer_contacts"),
                sql(
                        door,
                        "SELECT through a view",
                        on(SecurityPermission.CACHE_READ, "order_items"),
                        "SELECT COUNT(*) FROM sales"),
                sql(door, "INSERT", put, "INSERT INTO categories" + values),
                sql(door, "UPDATE", put.and(read), "UPDATE categories SET name = 'Other' WHERE id = " + ROW),
                sql(
                        door,
                        "MERGE",
                        put.and(read),
                        "MERGE INTO categories dst USING (SELECT id FROM categories WHERE id = " + ROW
                                + ") src ON dst.id = src.id WHEN MATCHED THEN UPDATE SET name = 'Other'"),
                sql(
                        door,
                        "DELETE",
                        on(SecurityPermission.CACHE_REMOVE, "categories")
                                .and(read)
                                .and(put),
                        "DELETE FROM categories WHERE id = " + ROW),
                sql(
                        door,
                        "CREATE TABLE",
                        on(SecurityPermission.CACHE_CREATE, ""),
                        "CREATE TABLE IF NOT EXISTS " + SCRATCH + "_b (id INT PRIMARY KEY, text VARCHAR)"),
                sql(
                        door,
                        "DROP TABLE",
                        on(SecurityPermission.CACHE_DESTROY, "SQL_PUBLIC_" + SCRATCH.toUpperCase(Locale.ROOT)),
                        "DROP TABLE " + SCRATCH),
                sql(door, "ALTER TABLE ADD", alter, "ALTER TABLE " + SCRATCH + " ADD COLUMN more INT"),
                sql(door, "ALTER TABLE DROP", alter, "ALTER TABLE " + SCRATCH + " DROP COLUMN other"),
                sql(door, "CREATE INDEX", alter, "CREATE INDEX " + SCRATCH + "_more ON " + SCRATCH + " (id)"),
                sql(door, "DROP INDEX", alter, "DROP INDEX " + SCRATCH + "_index"),
                sql(
                        door,
                        "CREATE VIEW",
                        on(SecurityPermission.SQL_VIEW_CREATE, null),
                        "CREATE OR REPLACE VIEW " + SCRATCH + "_view AS SELECT id FROM categories"),
                sql(door, "KILL QUERY", (policy, role) -> false, "KILL QUERY ASYNC '" + UUID.randomUUID() + "_1'"),
                sql(
                        door,
                        "KILL TRANSACTION",
                        (policy, role) -> false,
                        "KILL TRANSACTION '" + IgniteUuid.randomUuid() + "'"),
                sql(
                        door,
                        "others' queries, merged in",
                        (policy, role) -> false,
                        "MERGE INTO categories dst USING SYS.SQL_QUERIES src ON dst.name = src.sql WHEN MATCHED THEN UPDATE"
                                + " SET name = 'Other'"),
                sql(door, "a function that takes all memory", (policy, role) -> false, "SELECT REPEAT('x', 10)"),
                sql(
                        door,
                        "a function that takes all memory, inside a query",
                        (policy, role) -> false,
                        "SELECT name FROM categories WHERE id IN (SELECT LENGTH(SPACE(10)))"),
                sql(door, "others' queries", (policy, role) -> false, "SELECT sql FROM SYS.SQL_QUERIES"),
                sql(
                        door,
                        "others' sessions, inside a query",
                        (policy, role) -> false,
                        "SELECT COUNT(*) FROM categories WHERE id IN (SELECT connection_id FROM"
                                + " SYS.CLIENT_CONNECTIONS)"),
                sql(door, "CREATE USER", (policy, role) -> false, "CREATE USER \"intruder\" WITH PASSWORD 'intruder'"));
    }

    private static List<GridAction> cluster(OrderRequest basket) {
        return List.of(
                thin("sell", task(Tasks.PROCESS_ORDER), client -> client.compute()
                        .execute(Tasks.PROCESS_ORDER, basket)),
                thin("another task", task(Tasks.TAKEOVER), client -> client.compute()
                        .execute(Tasks.TAKEOVER, new TakeoverRequest("karachi", true))),
                thin("a task of Ignite's", (policy, role) -> false, client -> client.compute()
                        .execute(
                                "org.apache.ignite.internal.processors.cache.verify.CollectConflictPartitionKeysTask",
                                null)),
                thin("call a service", on(SecurityPermission.SERVICE_INVOKE, "till"), client -> client.services()
                        .serviceProxy("till", Till.class)
                        .ring()),
                thin(
                        "create a cache",
                        on(SecurityPermission.CACHE_CREATE, SCRATCH),
                        client -> client.getOrCreateCache(new ClientCacheConfiguration().setName(SCRATCH))),
                thin(
                        "destroy a cache",
                        on(SecurityPermission.CACHE_DESTROY, SCRATCH + "_cache"),
                        client -> client.destroyCache(SCRATCH + "_cache")),
                thin(
                        "send a type",
                        (policy, role) -> policy.allowsSome(role, SecurityPermission.CACHE_PUT),
                        client -> client.binary()
                                .builder("Intruding" + System.nanoTime())
                                .setField("field", 1)
                                .build()),
                thin(
                        "a set",
                        on(SecurityPermission.CACHE_CREATE, "datastructures_ATOMIC_PARTITIONED_0@intruding"),
                        client ->
                                client.set("intruder", new ClientCollectionConfiguration().setGroupName("intruding"))),
                thin("a transaction", (policy, role) -> false, client -> client.transactions()
                        .txStart()
                        .close()),
                thin("a conflict write to Ignite's own cache", (policy, role) -> false, client -> ((TcpClientCache<
                                        Object, Object>)
                                client.cache("ignite-sys-cache"))
                        .putAllConflict(Map.of(new GridTaskNameHashKey(ROW), new T3<>("intruder", LATER, 0L)))),
                thin("a conflict write", (policy, role) -> false, client -> ((TcpClientCache<Object, Object>)
                                client.cache("categories"))
                        .putAllConflict(Map.of(ROW, new T3<>(row(), LATER, 0L)))),
                thin("a conflict remove", (policy, role) -> false, client -> ((TcpClientCache<Object, Object>)
                                client.cache("categories"))
                        .removeAllConflict(Map.of(ROW, LATER))),
                thin("change the state", on(SecurityPermission.ADMIN_CLUSTER_STATE, null), client -> client.cluster()
                        .state(ClusterState.ACTIVE_READ_ONLY)),
                thin(
                        "an atomic number",
                        on(SecurityPermission.CACHE_CREATE, "ignite-sys-atomic-cache@default-ds-group"),
                        client -> client.atomicLong("intruder", 1, true)));
    }

    private static List<GridAction> utility() {
        return List.of(
                utility("baseline", SecurityPermission.ADMIN_OPS, "--baseline"),
                utility("metrics", SecurityPermission.ADMIN_OPS, "--metric", "sys.CpuLoad"),
                utility("others' queries", SecurityPermission.ADMIN_OPS, "--system-view", "SQL_QUERIES"),
                utility("state", SecurityPermission.ADMIN_CLUSTER_STATE, "--set-state", "ACTIVE_READ_ONLY", "--yes"),
                utility(
                        "cancel a snapshot",
                        SecurityPermission.ADMIN_SNAPSHOT,
                        "--snapshot",
                        "cancel",
                        "--name",
                        "none"));
    }

    private static GridAction thin(String name, BiPredicate<Policy, Role> allowed, ThinAttempt attempt) {
        return new GridAction(name, Door.THIN_CLIENT, visitor -> attempt.by(visitor.thin()), allowed);
    }

    private static GridAction sql(Door door, String name, BiPredicate<Policy, Role> allowed, String statement) {
        return new GridAction(
                name,
                door,
                door == Door.JDBC
                        ? visitor -> visitor.jdbc(statement)
                        : visitor -> visitor.thin()
                                .query(new SqlFieldsQuery(statement).setSchema(GridCaches.SQL_SCHEMA))
                                .getAll(),
                allowed);
    }

    private static GridAction utility(String name, SecurityPermission needed, String... words) {
        return new GridAction(name, Door.CONTROL_UTILITY, visitor -> visitor.utility(words), on(needed, null));
    }

    private static BiPredicate<Policy, Role> task(String name) {
        return on(SecurityPermission.TASK_EXECUTE, name);
    }

    private static BiPredicate<Policy, Role> on(SecurityPermission permission, String name) {
        return (policy, role) -> policy.allows(role, permission, name);
    }
}
