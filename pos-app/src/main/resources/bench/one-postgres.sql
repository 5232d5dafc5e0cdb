-- What a good engineer would build on one PostgreSQL server: the catalogue's prices, stock checked and locked in one order,
-- receipts numbered from a row of the store, and an order id that makes a repeated sale the same sale.
CREATE TABLE cities (
    city_id int PRIMARY KEY,
    name    text NOT NULL UNIQUE
);
CREATE TABLE categories (
    category_id int PRIMARY KEY,
    name        text NOT NULL UNIQUE
);
CREATE TABLE products (
    product_id  int PRIMARY KEY,
    name        text           NOT NULL,
    category_id int            NOT NULL REFERENCES categories,
    price       numeric(12, 2) NOT NULL CHECK (price >= 0)
);
CREATE TABLE stores (
    store_id int PRIMARY KEY,
    code     text NOT NULL UNIQUE,
    city_id  int  NOT NULL REFERENCES cities
);
CREATE TABLE customers (
    customer_id int PRIMARY KEY,
    name        text NOT NULL,
    city_id     int  NOT NULL REFERENCES cities
);
-- Updated by every sale: room on the page keeps the updates in place.
CREATE TABLE store_counters (
    store_id      int PRIMARY KEY REFERENCES stores,
    last_order_no int NOT NULL
) WITH (fillfactor = 20);
CREATE TABLE inventory (
    store_id   int         NOT NULL REFERENCES stores,
    product_id int         NOT NULL REFERENCES products,
    quantity   int         NOT NULL CHECK (quantity >= 0),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, product_id)
) WITH (fillfactor = 60);
CREATE TABLE orders (
    store_id    int            NOT NULL REFERENCES stores,
    order_no    int            NOT NULL,
    order_id    uuid           NOT NULL UNIQUE,
    customer_id int            NOT NULL REFERENCES customers,
    total       numeric(12, 2) NOT NULL,
    status      text           NOT NULL,
    ordered_at  timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, order_no)
);
CREATE TABLE order_items (
    store_id   int            NOT NULL,
    order_no   int            NOT NULL,
    product_id int            NOT NULL REFERENCES products,
    quantity   int            NOT NULL CHECK (quantity > 0),
    price      numeric(12, 2) NOT NULL,
    PRIMARY KEY (store_id, order_no, product_id),
    FOREIGN KEY (store_id, order_no) REFERENCES orders
);
CREATE TABLE payments (
    store_id int            NOT NULL,
    order_no int            NOT NULL,
    amount   numeric(12, 2) NOT NULL,
    method   text           NOT NULL,
    status   text           NOT NULL,
    PRIMARY KEY (store_id, order_no),
    FOREIGN KEY (store_id, order_no) REFERENCES orders
);

-- Locks the shelf in one order, so that two sales never wait for each other; takes the goods; writes the receipt. Answers its
-- number.
CREATE FUNCTION sell(p_order uuid, p_store int, p_customer int, p_products int[], p_quantities int[], p_method text)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    v_no     int;
    v_wanted int;
    v_taken  int;
BEGIN
    SELECT order_no INTO v_no FROM orders WHERE order_id = p_order;
    IF FOUND THEN
        RETURN v_no;
    END IF;

    -- A statement of its own: one that waited for a lock and goes on sees the rows as they were before it waited.
    PERFORM FROM inventory WHERE store_id = p_store AND product_id = ANY (p_products) ORDER BY product_id FOR UPDATE;
    WITH wanted AS MATERIALIZED (
        SELECT product_id, sum(quantity)::int AS quantity FROM unnest(p_products, p_quantities) AS u (product_id, quantity)
         WHERE quantity > 0 GROUP BY product_id
    ), taken AS (
        UPDATE inventory SET quantity = inventory.quantity - wanted.quantity, updated_at = now() FROM wanted
         WHERE inventory.store_id = p_store AND inventory.product_id = wanted.product_id
           AND inventory.quantity >= wanted.quantity RETURNING 1
    )
    SELECT (SELECT count(*) FROM wanted), (SELECT count(*) FROM taken) INTO v_wanted, v_taken;
    IF v_wanted = 0 THEN
        RAISE EXCEPTION 'the basket is empty' USING ERRCODE = 'BN001';
    ELSIF v_taken < v_wanted THEN
        RAISE EXCEPTION '% of % products are on hand', v_taken, v_wanted USING ERRCODE = 'BN002';
    END IF;

    WITH numbered AS (
        UPDATE store_counters SET last_order_no = last_order_no + 1 WHERE store_id = p_store RETURNING last_order_no AS order_no
    ), lines AS MATERIALIZED (
        SELECT product_id, sum(quantity)::int AS quantity, price
          FROM unnest(p_products, p_quantities) AS u (product_id, quantity) JOIN products USING (product_id)
         WHERE quantity > 0 GROUP BY product_id, price
    ), bill AS MATERIALIZED (
        SELECT sum(quantity * price) AS total FROM lines
    ), receipt AS (
        INSERT INTO orders (store_id, order_no, order_id, customer_id, total, status)
        SELECT p_store, order_no, p_order, p_customer, total, 'COMPLETED' FROM numbered, bill
    ), items AS (
        INSERT INTO order_items (store_id, order_no, product_id, quantity, price)
        SELECT p_store, order_no, product_id, quantity, price FROM numbered, lines
    ), paid AS (
        INSERT INTO payments (store_id, order_no, amount, method, status)
        SELECT p_store, order_no, total, p_method, 'PAID' FROM numbered, bill
    )
    SELECT order_no INTO v_no FROM numbered;
    RETURN v_no;
END
$$;

INSERT INTO cities VALUES ${citynames};
INSERT INTO categories SELECT n, 'Category ' || n FROM generate_series(1, ${categories}) AS n;
INSERT INTO products SELECT n, 'Product ' || n, 1 + n % ${categories}, (100 + n * 7919 % 49900) / 100.0
  FROM generate_series(1, ${products}) AS n;
INSERT INTO stores SELECT n, 'S' || n, 1 + (n - 1) / ${storespercity} FROM generate_series(1, ${cities} * ${storespercity}) AS n;
INSERT INTO store_counters SELECT store_id, 0 FROM stores;
INSERT INTO customers SELECT n, 'Customer ' || n, 1 + (n - 1) / ${customers} FROM generate_series(1, ${cities} * ${customers}) AS n;
INSERT INTO inventory (store_id, product_id, quantity)
SELECT store_id, p, ${onhand} FROM stores, generate_series(1, ${products}) AS p;
