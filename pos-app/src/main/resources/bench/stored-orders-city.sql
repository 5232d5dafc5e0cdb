-- What the orders consist of, after stored-orders.sql in the same transaction.
CREATE TEMP TABLE sold_line ON COMMIT DROP AS
SELECT o.city_fragment, o.store_id, o.city_id, o.order_no, o.ordered_at, l AS line_no, p AS product_id,
       (100 + p * 7919::bigint % 49900) / 100.0 AS price
  FROM sold_order o, generate_series(1, 3) AS l,
       LATERAL (SELECT 1 + ((o.order_no * 7 + l * 333) % ${products})::int AS p) AS product;

INSERT INTO order_items (city_fragment, store_id, order_no, line_no, product_id, quantity, price, city_id, category_id, ordered_at, version)
SELECT city_fragment, store_id, order_no, line_no, product_id, 1, price, city_id, 1 + product_id % ${categories}, ordered_at, 1
  FROM sold_line;

CREATE TEMP TABLE sold_total ON COMMIT DROP AS
SELECT store_id, order_no, sum(price) AS total FROM sold_line GROUP BY store_id, order_no;

INSERT INTO orders (city_fragment, store_id, order_no, order_id, customer_id, city_id, total, status, ordered_at, version, updated_at)
SELECT city_fragment, store_id, order_no, order_id, customer_id, city_id, total, 'COMPLETED', ordered_at, 1, ordered_at
  FROM sold_order JOIN sold_total USING (store_id, order_no);

INSERT INTO payments (city_fragment, store_id, order_no, seq, order_id, amount, method, status, tendered, change_due, paid_at, version)
SELECT city_fragment, store_id, order_no, 1, order_id, total, 'CASH', 'PAID', total, 0, ordered_at, 1
  FROM sold_order JOIN sold_total USING (store_id, order_no);

UPDATE inventory v SET quantity = v.quantity - s.sold, version = v.version + s.sold
  FROM (SELECT store_id, product_id, count(*)::int AS sold FROM sold_line GROUP BY store_id, product_id) AS s
 WHERE v.store_id = s.store_id AND v.product_id = s.product_id;

INSERT INTO store_counters (city_fragment, store_id, last_order_no, version, updated_at)
SELECT city_fragment, store_id, max(order_no), max(order_no), max(ordered_at) FROM sold_order GROUP BY city_fragment, store_id;
