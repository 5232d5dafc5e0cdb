package io.citygrid.durability;

import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriterException;
import org.apache.ignite.cache.store.CacheStoreSession;
import org.apache.ignite.cache.store.CacheStoreSessionListener;

/**
 * Makes one PostgreSQL transaction of one grid transaction: Ignite opens a store session, every cache's {@link RowWriter}
 * adds its rows to the session's write set, and the end of the session writes them in one statement, before the grid commits
 * and while it holds the locks. An exception here rolls the grid back on all copies.
 */
public final class WriteThrough implements CacheStoreSessionListener {
    private final PgWriter writer;

    public WriteThrough(PgWriter writer) {
        this.writer = writer;
    }

    /** As the node's configuration wants it. */
    public static Factory<CacheStoreSessionListener> factory(PgWriter writer) {
        return () -> new WriteThrough(writer);
    }

    /** Called for every cache of the transaction; all of them share one session and so one write set. */
    @Override
    public void onSessionStart(CacheStoreSession session) {
        WriteSet rows = session.attachment();
        if (rows == null) {
            rows = new WriteSet();
            session.attach(rows);
        }
        WriteSet.open(rows);
    }

    /** Called for every cache too; the first call finds the rows of all of them. */
    @Override
    public void onSessionEnd(CacheStoreSession session, boolean commit) {
        WriteSet.close();
        WriteSet rows = session.attach(null);
        if (rows == null || !commit || rows.isEmpty()) {
            return;
        }
        try {
            writer.write(rows);
        } catch (DatabaseRefusal refusal) {
            throw new CacheWriterException(refusal.getMessage(), refusal);
        }
    }
}
