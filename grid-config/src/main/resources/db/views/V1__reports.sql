-- What analysts ask. A view hides in which fragment a row lies; what it joins lies in the same fragment, and says so in the join.
-- Names come from functions instead of joins with the catalogue: see ReportFunctions.

-- Lines of receipts: a scan of one table.
CREATE OR REPLACE VIEW sales AS
SELECT i.city_id,
       CITY_NAME(i.city_id)                    AS city,
       i.store_id,
       STORE_CODE(i.city_fragment, i.store_id) AS store_code,
       STORE_NAME(i.city_fragment, i.store_id) AS store,
       i.category_id,
       CATEGORY_NAME(i.category_id)            AS category,
       i.product_id,
       PRODUCT_SKU(i.product_id)               AS sku,
       PRODUCT_NAME(i.product_id)              AS product,
       i.order_no,
       i.line_no,
       CAST(i.ordered_at AS DATE)              AS business_day,
       i.ordered_at,
       i.quantity,
       i.price,
       i.price * i.quantity                    AS amount
FROM order_items i;

-- Lines with what their receipt says: a join inside each fragment.
CREATE OR REPLACE VIEW sales_with_orders AS
SELECT i.city_id,
       CITY_NAME(i.city_id)                    AS city,
       i.store_id,
       STORE_CODE(i.city_fragment, i.store_id) AS store_code,
       i.category_id,
       CATEGORY_NAME(i.category_id)            AS category,
       i.product_id,
       PRODUCT_NAME(i.product_id)              AS product,
       i.order_no,
       i.line_no,
       o.order_id,
       o.customer_id,
       o.status,
       CAST(i.ordered_at AS DATE)              AS business_day,
       i.ordered_at,
       i.quantity,
       i.price,
       i.price * i.quantity                    AS amount
FROM orders o
JOIN order_items i ON i.city_fragment = o.city_fragment AND i.store_id = o.store_id AND i.order_no = o.order_no;

-- Receipts with their payment.
CREATE OR REPLACE VIEW receipts AS
SELECT o.city_id,
       CITY_NAME(o.city_id)                    AS city,
       o.store_id,
       STORE_CODE(o.city_fragment, o.store_id) AS store_code,
       STORE_NAME(o.city_fragment, o.store_id) AS store,
       o.order_no,
       o.order_id,
       o.customer_id,
       o.status,
       CAST(o.ordered_at AS DATE)              AS business_day,
       o.ordered_at,
       o.total,
       p.method                                AS payment_method,
       p.tendered,
       p.change_due
FROM orders o
JOIN payments p ON p.city_fragment = o.city_fragment AND p.store_id = o.store_id AND p.order_no = o.order_no
WHERE p.seq = 1;

-- How much is in a basket.
CREATE OR REPLACE VIEW baskets AS
SELECT o.city_id,
       CITY_NAME(o.city_id)                    AS city,
       o.store_id,
       STORE_CODE(o.city_fragment, o.store_id) AS store_code,
       o.order_no,
       CAST(o.ordered_at AS DATE)              AS business_day,
       o.ordered_at,
       b.order_lines,
       b.units,
       o.total
FROM orders o
JOIN (SELECT city_fragment, store_id, order_no, COUNT(*) AS order_lines, SUM(quantity) AS units
      FROM order_items
      GROUP BY city_fragment, store_id, order_no) b
  ON b.city_fragment = o.city_fragment AND b.store_id = o.store_id AND b.order_no = o.order_no;

-- Sums that are kept as orders come in, a row for each store and business day.
CREATE OR REPLACE VIEW sales_by_day AS
SELECT d.city_id,
       CITY_NAME(d.city_id)                             AS city,
       d.store_id,
       STORE_CODE(d.city_fragment, d.store_id)          AS store_code,
       STORE_NAME(d.city_fragment, d.store_id)          AS store,
       DATE '1970-01-01' + d.epoch_day * INTERVAL '1' DAY AS business_day,
       d.orders,
       d.order_lines,
       d.units,
       d.revenue
FROM store_days d;

-- As sales_by_day, a row for each category too; an order with lines of two categories is in both.
CREATE OR REPLACE VIEW sales_by_category AS
SELECT d.city_id,
       CITY_NAME(d.city_id)                             AS city,
       d.store_id,
       STORE_CODE(d.city_fragment, d.store_id)          AS store_code,
       STORE_NAME(d.city_fragment, d.store_id)          AS store,
       DATE '1970-01-01' + d.epoch_day * INTERVAL '1' DAY AS business_day,
       d.category_id,
       CATEGORY_NAME(d.category_id)                     AS category,
       d.orders,
       d.order_lines,
       d.units,
       d.revenue
FROM category_days d;

-- What each store ever sold of each product.
CREATE OR REPLACE VIEW product_sales AS
SELECT s.city_fragment / 16                    AS city_id,
       CITY_NAME(s.city_fragment / 16)         AS city,
       s.store_id,
       STORE_CODE(s.city_fragment, s.store_id) AS store_code,
       s.product_id,
       PRODUCT_SKU(s.product_id)               AS sku,
       PRODUCT_NAME(s.product_id)              AS product,
       s.orders,
       s.units,
       s.revenue
FROM (SELECT city_fragment, store_id, product_id,
             COUNT(*) AS orders, SUM(quantity) AS units, SUM(price * quantity) AS revenue
      FROM order_items
      GROUP BY city_fragment, store_id, product_id) s;

-- What is on the shelves, at the catalogue's prices of now.
CREATE OR REPLACE VIEW stock AS
SELECT i.city_fragment / 16                                                    AS city_id,
       CITY_NAME(i.city_fragment / 16)                                         AS city,
       i.store_id,
       STORE_CODE(i.city_fragment, i.store_id)                                 AS store_code,
       STORE_NAME(i.city_fragment, i.store_id)                                 AS store,
       i.product_id,
       PRODUCT_SKU(i.product_id)                                               AS sku,
       PRODUCT_NAME(i.product_id)                                              AS product,
       PRODUCT_CATEGORY_ID(i.product_id)                                       AS category_id,
       i.quantity,
       PRODUCT_PRICE_HUNDREDTHS(i.product_id) * DECIMAL '0.01'              AS price,
       i.quantity * (PRODUCT_PRICE_HUNDREDTHS(i.product_id) * DECIMAL '0.01') AS stock_value,
       i.updated_at
FROM inventory i;

-- For how many days the stock lasts if it sells as in the last 28; no number where nothing was sold.
CREATE OR REPLACE VIEW stock_cover AS
SELECT i.city_fragment / 16                    AS city_id,
       CITY_NAME(i.city_fragment / 16)         AS city,
       i.store_id,
       STORE_CODE(i.city_fragment, i.store_id) AS store_code,
       i.product_id,
       PRODUCT_SKU(i.product_id)               AS sku,
       PRODUCT_NAME(i.product_id)              AS product,
       i.quantity,
       COALESCE(s.units, 0)                    AS units_28_days,
       CAST(i.quantity * 28 / s.units AS INTEGER) AS days_of_cover
FROM inventory i
LEFT JOIN (SELECT city_fragment, store_id, product_id, SUM(quantity) AS units
           FROM order_items
           WHERE ordered_at >= LOCALTIMESTAMP - INTERVAL '28' DAY
           GROUP BY city_fragment, store_id, product_id) s
  ON s.city_fragment = i.city_fragment AND s.store_id = i.store_id AND s.product_id = i.product_id;

-- On the shelf and not sold for 28 days.
CREATE OR REPLACE VIEW slow_movers AS
SELECT city_id, city, store_id, store_code, product_id, sku, product, quantity
FROM stock_cover
WHERE units_28_days = 0 AND quantity > 0;

CREATE OR REPLACE VIEW customers_by_city AS
SELECT c.city_id, CITY_NAME(c.city_id) AS city, c.customers
FROM (SELECT city_id, COUNT(*) AS customers FROM customers GROUP BY city_id) c;
