package io.citygrid.durability;

/** The statements of {@link PgWarehouse}, on the tables of schema {@code warehouse} in the central database. */
final class WarehouseSql {
    static final String POSITION =
            """
            SELECT last_order_no, last_order_id, corrections FROM warehouse.positions WHERE city_id = ? AND store_id = ?""";

    static final String BEGIN =
            """
            INSERT INTO warehouse.positions (city_id, store_id, last_order_no, last_order_id, corrections, fed_at)
            VALUES (?, ?, 0, NULL, ?, now()) ON CONFLICT DO NOTHING""";

    static final String MOVE =
            """
            UPDATE warehouse.positions SET last_order_no = ?, last_order_id = ?, fed_at = now()
            WHERE city_id = ? AND store_id = ? AND last_order_no = ? AND corrections = ?
              AND last_order_id IS NOT DISTINCT FROM ?""";

    static final String FORGET =
            """
            UPDATE warehouse.positions SET last_order_no = ?, last_order_id = NULL, corrections = ?, fed_at = now()
            WHERE city_id = ? AND store_id = ?""";

    static final String HIGHEST =
            """
            SELECT coalesce(max(order_no), 0) FROM warehouse.fact_sales WHERE city_id = ? AND store_id = ?""";

    static final String FORGET_FACTS =
            """
            DELETE FROM warehouse.fact_sales WHERE city_id = ? AND store_id = ? AND order_no > ?""";

    static final String ADD_FACTS =
            """
            INSERT INTO warehouse.fact_sales (city_id, store_id, order_no, line_no, day, product_id, category_id, customer_id,
                                              quantity, price, amount, order_id, ordered_at)
            SELECT ?, ?, f.*
            FROM unnest(?::bigint[], ?::int[], ?::date[], ?::int[], ?::int[], ?::int[], ?::int[], ?::numeric[], ?::numeric[],
                        ?::uuid[], ?::timestamptz[]) f""";

    static final String ADD_DAYS =
            """
            INSERT INTO warehouse.dim_day (day, year, quarter, month, month_name, iso_year, iso_week, weekday, day_name)
            SELECT d, extract(year FROM d), extract(quarter FROM d), extract(month FROM d), to_char(d, 'FMMonth'),
                   extract(isoyear FROM d), extract(week FROM d), extract(isodow FROM d), to_char(d, 'FMDay')
            FROM unnest(?::date[]) d ON CONFLICT DO NOTHING""";

    static final String ADD_STORE =
            """
            INSERT INTO warehouse.dim_store AS t (city_id, store_id, code, name, city) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (city_id, store_id) DO UPDATE SET code = excluded.code, name = excluded.name, city = excluded.city
            WHERE (t.code, t.name, t.city) IS DISTINCT FROM (excluded.code, excluded.name, excluded.city)""";

    static final String ADD_CATEGORIES =
            """
            INSERT INTO warehouse.dim_category AS t (category_id, name) SELECT * FROM unnest(?::int[], ?::varchar[])
            ON CONFLICT (category_id) DO UPDATE SET name = excluded.name WHERE t.name <> excluded.name""";

    static final String ADD_PRODUCTS =
            """
            INSERT INTO warehouse.dim_product AS t (product_id, sku, name, category_id, category, price)
            SELECT * FROM unnest(?::int[], ?::varchar[], ?::varchar[], ?::int[], ?::varchar[], ?::numeric[])
            ON CONFLICT (product_id) DO UPDATE
            SET sku = excluded.sku, name = excluded.name, category_id = excluded.category_id, category = excluded.category,
                price = excluded.price
            WHERE (t.sku, t.name, t.category_id, t.category, t.price)
                  IS DISTINCT FROM (excluded.sku, excluded.name, excluded.category_id, excluded.category, excluded.price)""";

    static final String KNOWN_CUSTOMERS =
            """
            SELECT customer_id FROM warehouse.dim_customer WHERE customer_id = ANY (?) AND read_at > now() - interval '1 day'""";

    static final String ADD_CUSTOMERS =
            """
            INSERT INTO warehouse.dim_customer (customer_id, code, city_id, city, known_since, read_at)
            SELECT c.*, now() FROM unnest(?::int[], ?::varchar[], ?::int[], ?::varchar[], ?::date[]) c
            ON CONFLICT (customer_id) DO UPDATE
            SET code = excluded.code, city_id = excluded.city_id, city = excluded.city, known_since = excluded.known_since,
                read_at = excluded.read_at""";

    static final String SUMS =
            """
            SELECT day, count(DISTINCT order_no), count(*), sum(quantity), sum(amount) FROM warehouse.fact_sales
            WHERE city_id = ? AND store_id = ? AND order_no <= ? GROUP BY day""";

    private WarehouseSql() {}
}
