-- Rows of the log are made in the grid, with ids of their own, and brought here by a feed that may bring one twice.
ALTER TABLE replication_log ALTER COLUMN id DROP IDENTITY;
ALTER TABLE replication_log ADD CHECK (status IN ('Success', 'Failed'));

-- Old rows are looked for by their time, whatever their status.
CREATE INDEX replication_log_by_time ON replication_log (log_time);
