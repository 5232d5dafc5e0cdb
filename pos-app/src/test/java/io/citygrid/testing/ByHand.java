package io.citygrid.testing;

import io.citygrid.model.store.StoreKey;

/** Changes rows of a store in PostgreSQL behind the grid's back, as a dying node or a careless person would. */
public final class ByHand {
    private final TestPostgres postgres;
    private final String database;
    private final StoreKey store;

    public ByHand(TestPostgres postgres, StoreKey store) {
        this.postgres = postgres;
        this.database = store.cityId() == Shop.KARACHI ? "karachi_db" : "lahore_db";
        this.store = store;
    }

    /** Runs statements; {@code $store} stands for the condition on the store's rows and {@code $last} for its last number. */
    public ByHand run(String sql) {
        postgres.execute(
                database,
                sql.replace("$store", "store_id = " + store.storeId())
                        .replace(
                                "$last",
                                "(SELECT max(order_no) FROM orders WHERE store_id = " + store.storeId() + ")"));
        return this;
    }

    /** Writes {@code count} orders after the last one that are like it, with all that their sales would have written. */
    public ByHand sellLikeTheLast(int count) {
        return run(
                """
                CREATE TEMP TABLE sold ON COMMIT DROP AS SELECT * FROM orders WHERE $store AND order_no = $last;
                INSERT INTO orders SELECT o.city_fragment, o.store_id, o.order_no + k, gen_random_uuid(), o.customer_id,
                    o.city_id, o.total, o.status, o.ordered_at, o.version, o.updated_at
                    FROM sold o, generate_series(1, %1$d) k;
                INSERT INTO order_mapping SELECT o.city_fragment, o.order_id, o.store_id, o.order_no, o.customer_id,
                    o.ordered_at, o.version FROM orders o JOIN sold s USING (store_id) WHERE o.order_no > s.order_no;
                INSERT INTO order_items SELECT i.city_fragment, i.store_id, i.order_no + k, line_no, product_id, quantity,
                    price, i.city_id, category_id, i.ordered_at, i.version
                    FROM sold s JOIN order_items i USING (store_id, order_no), generate_series(1, %1$d) k;
                INSERT INTO payments SELECT p.city_fragment, p.store_id, o.order_no, seq, o.order_id, amount, method,
                    p.status, tendered, change_due, paid_at, p.version
                    FROM sold s JOIN payments p USING (store_id, order_no) JOIN orders o USING (store_id)
                    WHERE o.order_no > s.order_no;
                UPDATE inventory v SET quantity = v.quantity - %1$d * i.quantity, version = v.version + %1$d
                    FROM sold s JOIN order_items i USING (store_id, order_no)
                    WHERE v.store_id = i.store_id AND v.product_id = i.product_id;
                UPDATE store_counters SET last_order_no = last_order_no + %1$d, version = version + %1$d WHERE $store;
                """
                        .formatted(count));
    }

    /** Takes the last order away, with all that its sale wrote. */
    public ByHand forgetTheLast() {
        return run(
                """
                UPDATE inventory v SET quantity = v.quantity + i.quantity, version = v.version - 1
                    FROM order_items i WHERE i.$store AND i.order_no = $last
                    AND v.store_id = i.store_id AND v.product_id = i.product_id;
                UPDATE store_counters SET last_order_no = last_order_no - 1, version = version - 1 WHERE $store;
                DELETE FROM order_items WHERE $store AND order_no = $last;
                DELETE FROM payments WHERE $store AND order_no = $last;
                DELETE FROM order_mapping WHERE $store AND order_no = $last;
                DELETE FROM orders WHERE $store AND order_no = $last;
                """);
    }

    /** The numbers of some of the store's last orders get other orders, of one more unit of {@code productId} each. */
    public ByHand otherOrders(int count, int productId) {
        return run(
                """
                CREATE TEMP TABLE sold ON COMMIT DROP AS SELECT order_id, order_no FROM orders
                    WHERE $store AND order_no > $last - %1$d;
                DELETE FROM order_mapping WHERE order_id IN (SELECT order_id FROM sold);
                UPDATE orders SET order_id = gen_random_uuid(), updated_at = date_trunc('milliseconds', now()) WHERE $store AND order_no IN (SELECT order_no FROM sold);
                INSERT INTO order_mapping SELECT city_fragment, order_id, store_id, order_no, customer_id, ordered_at,
                    version FROM orders WHERE $store AND order_no IN (SELECT order_no FROM sold);
                INSERT INTO order_items SELECT city_fragment, store_id, order_no, line_no + 10, %2$d, quantity, price,
                    city_id, category_id, ordered_at, version
                    FROM order_items WHERE $store AND order_no IN (SELECT order_no FROM sold);
                UPDATE inventory SET quantity = quantity - 1, version = version + 1 WHERE $store AND product_id = %2$d;
                """
                        .formatted(count, productId));
    }
}
