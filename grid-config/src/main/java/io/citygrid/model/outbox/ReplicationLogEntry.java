package io.citygrid.model.outbox;

import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** What became of one delivery of rows to one database. */
public final class ReplicationLogEntry {
    public static final int TABLE_NAME_MAX = 50;
    public static final int RECORD_ID_MAX = 100;
    public static final int TARGET_DB_MAX = 50;
    public static final int MESSAGE_MAX = 1000;

    @QuerySqlField(name = "table_name", notNull = true)
    private final String tableName;

    @QuerySqlField(name = "record_id", notNull = true)
    private final String recordId;

    @QuerySqlField(name = "target_db", notNull = true)
    private final String targetDb;

    @QuerySqlField(name = "status", notNull = true)
    private final String status;

    @QuerySqlField(name = "message", notNull = true)
    private final String message;

    @QuerySqlField(name = "log_time", notNull = true)
    private final Timestamp logTime;

    /**
     * Texts that are too long are cut, since they come from the outside: names of many rows, or what a database said.
     *
     * @param tableName the table, or several separated by commas
     * @param recordId the row, or which rows
     * @param targetDb name of the database
     */
    public ReplicationLogEntry(
            String tableName,
            String recordId,
            String targetDb,
            ReplicationStatus status,
            String message,
            Instant logTime) {
        this.tableName = Texts.cut(tableName, TABLE_NAME_MAX);
        this.recordId = Texts.cut(recordId, RECORD_ID_MAX);
        this.targetDb = Texts.cut(targetDb, TARGET_DB_MAX);
        this.status = status.text();
        this.message = Texts.cut(message, MESSAGE_MAX);
        this.logTime = Moments.column(logTime);
    }

    public String tableName() {
        return tableName;
    }

    public String recordId() {
        return recordId;
    }

    public String targetDb() {
        return targetDb;
    }

    public ReplicationStatus status() {
        return ReplicationStatus.of(status);
    }

    public String message() {
        return message;
    }

    public Instant logTime() {
        return logTime.toInstant();
    }

    /** Whether {@code other} tells of the same delivery. */
    public boolean sameAs(ReplicationLogEntry other) {
        return tableName.equals(other.tableName)
                && recordId.equals(other.recordId)
                && targetDb.equals(other.targetDb)
                && status.equals(other.status)
                && message.equals(other.message)
                && logTime.equals(other.logTime);
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new ReplicationLogEntry(
                tableName, recordId, targetDb, ReplicationStatus.of(status), message, logTime.toInstant());
    }
}
