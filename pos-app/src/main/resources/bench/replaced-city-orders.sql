-- Orders of three lines as sales would have left them, the same as those that the grid is filled with.
INSERT INTO orders (global_order_id, store_id, customer_id, order_date, total_amount, status, store_order_id)
SELECT md5(s.id || '-' || n)::uuid, s.id, (s.city_id - 1) * ${customers} + 1 + (n % ${customers})::int, ${soldat}, 0, 'Pending', n
  FROM stores AS s, generate_series(1::bigint, ${each}) AS n;
INSERT INTO order_items (order_id, product_id, quantity, price)
SELECT o.id, p, 1, (100 + p * 7919::bigint % 49900) / 100.0
  FROM orders o, generate_series(1, 3) AS l,
       LATERAL (SELECT 1 + ((o.store_order_id::bigint * 7 + l * 333) % ${products})::int AS p) AS product;
UPDATE orders o SET total_amount = s.total
  FROM (SELECT order_id, sum(quantity * price) AS total FROM order_items GROUP BY order_id) AS s WHERE s.order_id = o.id;
INSERT INTO payments (global_order_id, amount, method, status)
SELECT global_order_id, total_amount, 'Cash', 'Paid' FROM orders;
-- For a store's day, as in the one PostgreSQL.
CREATE INDEX orders_by_store_and_time ON orders (store_id, order_date);
CREATE INDEX order_items_by_order ON order_items (order_id);
