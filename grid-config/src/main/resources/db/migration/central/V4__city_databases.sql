-- Where the databases are of cities that were added to a running grid: nodes learn it from the grid, and an emptied grid from here.

CREATE TABLE city_databases (
    id         int          PRIMARY KEY CHECK (id BETWEEN 1 AND 63),
    url        varchar(500) NOT NULL UNIQUE,
    version    bigint       NOT NULL,
    created_at timestamptz  NOT NULL,
    updated_at timestamptz  NOT NULL
);
