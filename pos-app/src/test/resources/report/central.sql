INSERT INTO cities (id, name, version, created_at, updated_at)
VALUES (1, 'Karachi', 1, now(), now()), (2, 'Lahore', 1, now(), now());

INSERT INTO categories (id, name, version, created_at, updated_at)
SELECT c, 'Category ' || c, 1, now(), now() FROM generate_series(1, 12) AS c;

INSERT INTO products (id, sku, barcode, name, category_id, price, version, created_at, updated_at)
SELECT p, 'SKU' || p, NULL, 'Product ' || p, 1 + p % 12, (100 + p * 7919::bigint % 49900) / 100.0, 1, now(), now()
  FROM generate_series(1, 301) AS p;
