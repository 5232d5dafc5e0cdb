-- Headquarters in the design that this system replaces: it is told of every sale, and every sale waits for it.
CREATE TABLE order_mapping (
    id              serial PRIMARY KEY,
    global_order_id uuid NOT NULL UNIQUE,
    store_id        int  NOT NULL,
    store_order_id  int  NOT NULL,
    customer_id     int  NOT NULL,
    order_time      timestamptz
);
