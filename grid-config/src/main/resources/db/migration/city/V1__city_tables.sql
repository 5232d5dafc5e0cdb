-- What a city's part of the grid holds, table for table and column for column.
-- Raised by a statement that could not write every row it was given, because PostgreSQL has a newer version of one.
CREATE FUNCTION require_all_written(written bigint, given bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF written < given THEN
        RAISE EXCEPTION 'only % of % rows were written', written, given USING ERRCODE = 'CG001';
    END IF;
    RETURN true;
END
$$;

-- Rows come from the grid alone, several tables in one statement, guarded by version; the checks are the second line of
-- defence behind ProcessOrder. There are no foreign keys between tables: late rows arrive in any order.

CREATE TABLE stores (
    city_fragment int          NOT NULL,
    store_id      int          NOT NULL,
    code          varchar(20)  NOT NULL UNIQUE,
    name          varchar(150) NOT NULL,
    city_id       int          NOT NULL,
    version       bigint       NOT NULL,
    created_at    timestamptz  NOT NULL,
    updated_at    timestamptz  NOT NULL,
    PRIMARY KEY (city_fragment, store_id)
);

-- One row a store, updated by every sale: room on the page keeps the updates in place.
CREATE TABLE store_counters (
    city_fragment int         NOT NULL,
    store_id      int         NOT NULL,
    last_order_no bigint      NOT NULL CHECK (last_order_no >= 0),
    version       bigint      NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (city_fragment, store_id)
) WITH (fillfactor = 10);

CREATE TABLE customers (
    city_fragment int          NOT NULL,
    customer_id   int          NOT NULL,
    code          varchar(40)  NOT NULL,
    name          varchar(150) NOT NULL,
    city_id       int          NOT NULL,
    version       bigint       NOT NULL,
    created_at    timestamptz  NOT NULL,
    updated_at    timestamptz  NOT NULL,
    PRIMARY KEY (city_fragment, customer_id)
);

CREATE TABLE customer_contacts (
    city_fragment int          NOT NULL,
    customer_id   int          NOT NULL,
    phone         varchar(40),
    email         varchar(150),
    version       bigint       NOT NULL,
    created_at    timestamptz  NOT NULL,
    updated_at    timestamptz  NOT NULL,
    PRIMARY KEY (city_fragment, customer_id)
);

CREATE TABLE stock_movements (
    city_fragment int         NOT NULL,
    store_id      int         NOT NULL,
    movement_id   uuid        NOT NULL,
    product_id    int         NOT NULL,
    delta         int         NOT NULL CHECK (delta <> 0),
    reason        varchar(20) NOT NULL,
    version       bigint      NOT NULL,
    moved_at      timestamptz NOT NULL,
    PRIMARY KEY (city_fragment, store_id, movement_id)
);

CREATE TABLE inventory (
    city_fragment int         NOT NULL,
    store_id      int         NOT NULL,
    product_id    int         NOT NULL,
    quantity      int         NOT NULL CHECK (quantity >= 0),
    version       bigint      NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (city_fragment, store_id, product_id)
) WITH (fillfactor = 50);

CREATE TABLE order_mapping (
    city_fragment int         NOT NULL,
    order_id      uuid        NOT NULL,
    store_id      int         NOT NULL,
    order_no      bigint      NOT NULL CHECK (order_no >= 1),
    customer_id   int,
    ordered_at    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    PRIMARY KEY (city_fragment, order_id)
);
CREATE INDEX order_mapping_by_order ON order_mapping (city_fragment, store_id, order_no);

CREATE TABLE orders (
    city_fragment int            NOT NULL,
    store_id      int            NOT NULL,
    order_no      bigint         NOT NULL CHECK (order_no >= 1),
    order_id      uuid           NOT NULL,
    customer_id   int,
    city_id       int            NOT NULL,
    total         numeric(12, 2) NOT NULL CHECK (total >= 0),
    status        varchar(20)    NOT NULL,
    ordered_at    timestamptz    NOT NULL,
    version       bigint         NOT NULL,
    updated_at    timestamptz    NOT NULL,
    PRIMARY KEY (city_fragment, store_id, order_no)
);
CREATE INDEX orders_by_id ON orders (order_id);
CREATE INDEX orders_by_time ON orders (ordered_at);

CREATE TABLE order_items (
    city_fragment int            NOT NULL,
    store_id      int            NOT NULL,
    order_no      bigint         NOT NULL,
    line_no       int            NOT NULL CHECK (line_no >= 1),
    product_id    int            NOT NULL,
    quantity      int            NOT NULL CHECK (quantity > 0),
    price         numeric(12, 2) NOT NULL CHECK (price >= 0),
    city_id       int            NOT NULL,
    category_id   int            NOT NULL,
    ordered_at    timestamptz    NOT NULL,
    version       bigint         NOT NULL,
    PRIMARY KEY (city_fragment, store_id, order_no, line_no)
);

CREATE TABLE payments (
    city_fragment int            NOT NULL,
    store_id      int            NOT NULL,
    order_no      bigint         NOT NULL,
    seq           int            NOT NULL CHECK (seq >= 1),
    order_id      uuid           NOT NULL,
    amount        numeric(12, 2) NOT NULL CHECK (amount >= 0),
    method        varchar(20)    NOT NULL,
    status        varchar(20)    NOT NULL,
    tendered      numeric(12, 2) NOT NULL CHECK (tendered >= amount),
    change_due    numeric(12, 2) NOT NULL CHECK (change_due = tendered - amount),
    paid_at       timestamptz    NOT NULL,
    version       bigint         NOT NULL,
    PRIMARY KEY (city_fragment, store_id, order_no, seq)
);
