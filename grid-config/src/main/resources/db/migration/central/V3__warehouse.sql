-- History for questions that need not touch the grid: a star of sold lines around days, stores, products and customers. Fed from the
-- grid a moment after each sale, and thrown away and made anew whenever somebody likes: nothing here is the only copy of anything.

CREATE SCHEMA warehouse;

CREATE TABLE warehouse.dim_day (
    day        date        PRIMARY KEY,
    year       int         NOT NULL,
    quarter    int         NOT NULL,
    month      int         NOT NULL,
    month_name varchar(10) NOT NULL,
    iso_year   int         NOT NULL,
    iso_week   int         NOT NULL,
    weekday    int         NOT NULL, -- 1 Monday to 7 Sunday
    day_name   varchar(10) NOT NULL
);

CREATE TABLE warehouse.dim_store (
    city_id  int          NOT NULL,
    store_id int          NOT NULL,
    code     varchar(20)  NOT NULL,
    name     varchar(150) NOT NULL,
    city     varchar(100) NOT NULL,
    PRIMARY KEY (city_id, store_id)
);

-- As the catalogue says now; what a line was sold as, and for how much, is with the line.
CREATE TABLE warehouse.dim_product (
    product_id  int            PRIMARY KEY,
    sku         varchar(40)    NOT NULL,
    name        varchar(150)   NOT NULL,
    category_id int            NOT NULL,
    category    varchar(100)   NOT NULL,
    price       numeric(12, 2) NOT NULL
);

CREATE TABLE warehouse.dim_category (
    category_id int          PRIMARY KEY,
    name        varchar(100) NOT NULL
);

-- Without names and contact details: questions about groups of customers need neither, and who is forgotten in the city is not
-- remembered here.
CREATE TABLE warehouse.dim_customer (
    customer_id int          PRIMARY KEY,
    code        varchar(40)  NOT NULL,
    city_id     int          NOT NULL,
    city        varchar(100) NOT NULL,
    known_since date         NOT NULL,
    read_at     timestamptz  NOT NULL
);

-- A row for each line of a receipt. The constraints say what a row is; what refunds bring will be lines of less than nothing.
CREATE TABLE warehouse.fact_sales (
    city_id     int            NOT NULL,
    store_id    int            NOT NULL,
    order_no    bigint         NOT NULL,
    line_no     int            NOT NULL,
    day         date           NOT NULL,
    product_id  int            NOT NULL,
    category_id int            NOT NULL, -- at the sale
    customer_id int,
    quantity    int            NOT NULL,
    price       numeric(12, 2) NOT NULL,
    amount      numeric(14, 2) NOT NULL,
    order_id    uuid           NOT NULL,
    ordered_at  timestamptz    NOT NULL,
    PRIMARY KEY (city_id, store_id, order_no, line_no)
);
CREATE INDEX fact_sales_by_day ON warehouse.fact_sales (day);

-- How far each store's receipts are in the facts: 1 to this one, each once.
CREATE TABLE warehouse.positions (
    city_id       int         NOT NULL,
    store_id      int         NOT NULL,
    last_order_no bigint      NOT NULL CHECK (last_order_no >= 0),
    last_order_id uuid,       -- of that receipt: another one in the grid means that the grid has another history
    corrections   bigint      NOT NULL, -- of the store's orders in the grid that the facts know of
    fed_at        timestamptz NOT NULL,
    PRIMARY KEY (city_id, store_id)
);

-- The star in one view.
CREATE VIEW warehouse.sales AS
SELECT f.city_id,
       s.city,
       f.store_id,
       s.code        AS store_code,
       s.name        AS store,
       f.day         AS business_day,
       d.year,
       d.quarter,
       d.month,
       d.iso_year,
       d.iso_week,
       d.weekday,
       f.category_id,
       g.name        AS category,
       f.product_id,
       p.sku,
       p.name        AS product,
       f.customer_id,
       c.city        AS customer_city,
       f.order_no,
       f.line_no,
       f.order_id,
       f.ordered_at,
       f.quantity,
       f.price,
       f.amount
FROM warehouse.fact_sales f
LEFT JOIN warehouse.dim_day d ON d.day = f.day
LEFT JOIN warehouse.dim_store s ON s.city_id = f.city_id AND s.store_id = f.store_id
LEFT JOIN warehouse.dim_category g ON g.category_id = f.category_id
LEFT JOIN warehouse.dim_product p ON p.product_id = f.product_id
LEFT JOIN warehouse.dim_customer c ON c.customer_id = f.customer_id;
