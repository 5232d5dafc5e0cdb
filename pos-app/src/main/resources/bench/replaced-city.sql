-- A city in the design that this system replaces: prices come from the register, stock is taken without a look at what there is,
-- in the order of the basket; the next receipt number is the highest one and one more; headquarters is told by dblink, over a
-- connection of its own for each sale, before the sale ends.
CREATE EXTENSION dblink;
CREATE TABLE customers (
    id      int PRIMARY KEY,
    name    varchar(150) NOT NULL,
    city_id int          NOT NULL
);
CREATE TABLE stores (
    id      int PRIMARY KEY,
    code    varchar(20) NOT NULL UNIQUE,
    city_id int         NOT NULL
);
CREATE TABLE orders (
    id              serial PRIMARY KEY,
    global_order_id uuid           NOT NULL UNIQUE,
    store_id        int            NOT NULL REFERENCES stores,
    customer_id     int            NOT NULL REFERENCES customers,
    order_date      timestamptz DEFAULT now(),
    total_amount    numeric(12, 2) NOT NULL,
    status          varchar(50) DEFAULT 'Pending',
    store_order_id  int            NOT NULL
);
-- A favour: without it the highest receipt number is looked for in the whole table.
CREATE INDEX orders_by_number ON orders (store_id, store_order_id);
CREATE TABLE order_items (
    id         serial PRIMARY KEY,
    order_id   int            NOT NULL REFERENCES orders,
    product_id int            NOT NULL,
    quantity   int            NOT NULL,
    price      numeric(12, 2) NOT NULL
);
CREATE TABLE payments (
    id              serial PRIMARY KEY,
    global_order_id uuid           NOT NULL REFERENCES orders (global_order_id),
    amount          numeric(12, 2) NOT NULL,
    method          varchar(50),
    status          varchar(50)
);
CREATE TABLE inventory (
    id         serial PRIMARY KEY,
    product_id int NOT NULL,
    store_id   int NOT NULL REFERENCES stores,
    quantity   int NOT NULL,
    price      numeric(12, 2),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (product_id, store_id)
);

CREATE FUNCTION process_order(p_store int, p_customer int, p_items jsonb, p_method text)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_line  record;
    v_sale  orders;
BEGIN
    INSERT INTO orders (global_order_id, store_id, customer_id, total_amount, store_order_id)
    SELECT gen_random_uuid(), p_store, p_customer,
           (SELECT sum(quantity * price) FROM jsonb_to_recordset(p_items) AS basket (quantity numeric, price numeric)),
           (SELECT coalesce(max(store_order_id), 0) + 1 FROM orders WHERE store_id = p_store)
    RETURNING * INTO v_sale;
    FOR v_line IN SELECT * FROM jsonb_to_recordset(p_items) AS basket (product int, quantity int, price numeric) LOOP
        PERFORM FROM inventory WHERE product_id = v_line.product AND store_id = p_store FOR UPDATE;
        INSERT INTO order_items (order_id, product_id, quantity, price)
        VALUES (v_sale.id, v_line.product, v_line.quantity, v_line.price);
        UPDATE inventory SET quantity = quantity - v_line.quantity, updated_at = now()
         WHERE product_id = v_line.product AND store_id = p_store;
    END LOOP;
    INSERT INTO payments (global_order_id, amount, method, status)
    VALUES (v_sale.global_order_id, v_sale.total_amount, p_method, 'Paid');
    PERFORM dblink_exec('${link}', format(
        'INSERT INTO order_mapping (store_id, store_order_id, customer_id, global_order_id, order_time) VALUES (%s, %s, %s, %L, %L)',
        p_store, v_sale.store_order_id, p_customer, v_sale.global_order_id, now()));
    RETURN v_sale.global_order_id;
END
$$;

INSERT INTO stores SELECT n, 'S' || n, ${city} FROM generate_series(5 * ${city} - 4, 5 * ${city}) AS n;
INSERT INTO customers SELECT n, 'Customer ' || n, ${city}
  FROM generate_series((${city} - 1) * ${customers} + 1, ${city} * ${customers}) AS n;
INSERT INTO inventory (product_id, store_id, quantity, price)
SELECT p, s, ${onhand}, (100 + p * 7919 % 49900) / 100.0 FROM generate_series(1, ${products}) AS p, generate_series(5 * ${city} - 4, 5 * ${city}) AS s;
