-- Three stores of a city sold 1,000 baskets each, of one to six lines, one every hour and a quarter, the last about a week ago.
CREATE TEMP TABLE shop AS
SELECT s AS store_id, ${city} * 16 + s % 16 AS city_fragment, ${city} AS city_id
  FROM generate_series((${city} - 1) * 3 + 1, ${city} * 3) AS s;

CREATE TEMP TABLE sold AS
SELECT *, n AS order_no, md5(store_id || '-' || n)::uuid AS order_id,
       CASE WHEN n % 3 = 0 THEN NULL ELSE (${city} - 1) * 50 + 1 + n % 50 END AS customer_id,
       date_trunc('milliseconds', now()) - interval '60 days' + n * interval '75 minutes' AS ordered_at
  FROM shop, generate_series(1, 1000) AS n;

CREATE TEMP TABLE line AS
SELECT s.*, l AS line_no, p AS product_id, 1 + (n + l) % 4 AS quantity, (100 + p * 7919::bigint % 49900) / 100.0 AS price
  FROM sold s, generate_series(1, 1 + (s.n * 7 + s.store_id) % 6) AS l,
       LATERAL (SELECT 1 + (s.n * 13 + l * 37) % 300 AS p) AS product;

INSERT INTO stores (city_fragment, store_id, code, name, city_id, version, created_at, updated_at)
SELECT city_fragment, store_id, 'ST' || store_id, 'Store ' || store_id, city_id, 1, now(), now() FROM shop;

INSERT INTO customers (city_fragment, customer_id, code, name, city_id, version, created_at, updated_at)
SELECT ${city} * 16 + c % 16, c, 'C' || c, 'Customer ' || c, ${city}, 1, now(), now()
  FROM generate_series((${city} - 1) * 50 + 1, ${city} * 50) AS c;

INSERT INTO orders (city_fragment, store_id, order_no, order_id, customer_id, city_id, total, status, ordered_at, version, updated_at)
SELECT city_fragment, store_id, order_no, order_id, customer_id, city_id, sum(price * quantity), 'COMPLETED', ordered_at, 1, ordered_at
  FROM line GROUP BY city_fragment, store_id, order_no, order_id, customer_id, city_id, ordered_at;

INSERT INTO order_items (city_fragment, store_id, order_no, line_no, product_id, quantity, price, city_id, category_id, ordered_at, version)
SELECT city_fragment, store_id, order_no, line_no, product_id, quantity, price, city_id, 1 + product_id % 12, ordered_at, 1 FROM line;

INSERT INTO payments (city_fragment, store_id, order_no, seq, order_id, amount, method, status, tendered, change_due, paid_at, version)
SELECT city_fragment, store_id, order_no, 1, order_id, total, CASE WHEN order_no % 4 = 0 THEN 'CARD' ELSE 'CASH' END, 'PAID',
       total, 0, ordered_at, 1 FROM orders;

INSERT INTO order_mapping (city_fragment, order_id, store_id, order_no, customer_id, ordered_at, version)
SELECT city_fragment, order_id, store_id, order_no, customer_id, ordered_at, 1 FROM orders;

INSERT INTO store_counters (city_fragment, store_id, last_order_no, version, updated_at)
SELECT city_fragment, store_id, max(order_no), max(order_no), now() FROM orders GROUP BY city_fragment, store_id;

INSERT INTO stock_movements (city_fragment, store_id, movement_id, product_id, delta, reason, version, moved_at)
SELECT city_fragment, store_id, md5(store_id || '/' || p)::uuid, p, 400, 'RECEIVED', 1, now() - interval '90 days'
  FROM shop, generate_series(1, 301) AS p;

INSERT INTO inventory (city_fragment, store_id, product_id, quantity, version, updated_at)
SELECT m.city_fragment, m.store_id, m.product_id, m.delta - coalesce(sum(l.quantity), 0), 1 + count(l.*), now()
  FROM stock_movements m LEFT JOIN line l ON l.store_id = m.store_id AND l.product_id = m.product_id
 GROUP BY m.city_fragment, m.store_id, m.product_id, m.delta;
