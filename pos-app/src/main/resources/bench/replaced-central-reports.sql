-- What headquarters needs beside the mapping to answer questions about all cities.
CREATE EXTENSION dblink;
CREATE TABLE cities (id int PRIMARY KEY, name varchar(100) NOT NULL);
CREATE TABLE categories (id int PRIMARY KEY, name varchar(100) NOT NULL);
CREATE TABLE products (id int PRIMARY KEY, name varchar(150) NOT NULL, category_id int NOT NULL REFERENCES categories);
CREATE TABLE stores (id int PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, city_id int NOT NULL REFERENCES cities);
INSERT INTO cities VALUES ${citynames};
INSERT INTO categories SELECT n, 'Category ' || n FROM generate_series(1, ${categories}) AS n;
INSERT INTO products SELECT n, 'Product ' || n, 1 + n % ${categories} FROM generate_series(1, ${products}) AS n;
INSERT INTO stores SELECT n, 'S' || n, 1 + (n - 1) / ${storespercity} FROM generate_series(1, ${cities} * ${storespercity}) AS n;
