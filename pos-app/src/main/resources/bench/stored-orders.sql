-- Orders of three lines as sales would have left them in a city's database; shared among the city's stores and spread over a year. In
-- the central database, which is filled with all stores, only the mapping is used.
CREATE TEMP TABLE sold_order ON COMMIT DROP AS
SELECT s.city_fragment, s.store_id, s.city_id, n AS order_no, md5(s.store_id || '-' || n)::uuid AS order_id,
       (s.city_id - 1) * ${customers} + 1 + (n % ${customers})::int AS customer_id,
       ${soldat} AS ordered_at
  FROM (VALUES ${stores}) AS s (city_fragment, store_id, city_id), generate_series(1::bigint, ${each}) AS n;

INSERT INTO order_mapping (city_fragment, order_id, store_id, order_no, customer_id, ordered_at, version)
SELECT city_fragment, order_id, store_id, order_no, customer_id, ordered_at, 1 FROM sold_order;
