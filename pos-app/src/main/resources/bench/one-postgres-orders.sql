-- Orders of three lines as sales would have left them, the same as those that the grid is filled with.
CREATE TEMP TABLE sold_order ON COMMIT DROP AS
SELECT s.store_id, n::int AS order_no, md5(s.store_id || '-' || n)::uuid AS order_id,
       (s.city_id - 1) * ${customers} + 1 + (n % ${customers})::int AS customer_id, ${soldat} AS ordered_at
  FROM stores AS s, generate_series(1::bigint, ${each}) AS n;

CREATE TEMP TABLE sold_line ON COMMIT DROP AS
SELECT o.store_id, o.order_no, p AS product_id, (100 + p * 7919::bigint % 49900) / 100.0 AS price
  FROM sold_order o, generate_series(1, 3) AS l,
       LATERAL (SELECT 1 + ((o.order_no::bigint * 7 + l * 333) % ${products})::int AS p) AS product;

CREATE TEMP TABLE sold_total ON COMMIT DROP AS
SELECT store_id, order_no, sum(price) AS total FROM sold_line GROUP BY store_id, order_no;

INSERT INTO orders (store_id, order_no, order_id, customer_id, total, status, ordered_at)
SELECT store_id, order_no, order_id, customer_id, total, 'COMPLETED', ordered_at FROM sold_order JOIN sold_total USING (store_id, order_no);
INSERT INTO order_items (store_id, order_no, product_id, quantity, price)
SELECT store_id, order_no, product_id, 1, price FROM sold_line;
INSERT INTO payments (store_id, order_no, amount, method, status)
SELECT store_id, order_no, total, 'CASH', 'PAID' FROM sold_total;
UPDATE inventory v SET quantity = v.quantity - s.sold
  FROM (SELECT store_id, product_id, count(*)::int AS sold FROM sold_line GROUP BY store_id, product_id) AS s
 WHERE v.store_id = s.store_id AND v.product_id = s.product_id;
UPDATE store_counters SET last_order_no = ${each};

-- For a store's day.
CREATE INDEX orders_by_store_and_time ON orders (store_id, ordered_at);
