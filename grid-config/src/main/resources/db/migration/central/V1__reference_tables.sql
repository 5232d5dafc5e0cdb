-- What head office keeps beside the city tables: the reference data of all cities, and the log of late deliveries.

CREATE TABLE cities (
    id         int          PRIMARY KEY CHECK (id BETWEEN 1 AND 63),
    name       varchar(100) NOT NULL UNIQUE,
    version    bigint       NOT NULL,
    created_at timestamptz  NOT NULL,
    updated_at timestamptz  NOT NULL
);

CREATE TABLE categories (
    id         int          PRIMARY KEY,
    name       varchar(100) NOT NULL UNIQUE,
    version    bigint       NOT NULL,
    created_at timestamptz  NOT NULL,
    updated_at timestamptz  NOT NULL
);

CREATE TABLE products (
    id          int            PRIMARY KEY,
    sku         varchar(40)    NOT NULL UNIQUE,
    barcode     varchar(40),
    name        varchar(150)   NOT NULL,
    category_id int            NOT NULL,
    price       numeric(12, 2) NOT NULL CHECK (price >= 0),
    version     bigint         NOT NULL,
    created_at  timestamptz    NOT NULL,
    updated_at  timestamptz    NOT NULL
);

CREATE TABLE replication_log (
    id         bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name varchar(50)  NOT NULL,
    record_id  varchar(100) NOT NULL,
    target_db  varchar(50)  NOT NULL,
    status     varchar(20)  NOT NULL,
    message    text         NOT NULL,
    log_time   timestamptz  NOT NULL
);
CREATE INDEX replication_log_by_status ON replication_log (status, log_time);
