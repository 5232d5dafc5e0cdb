package io.citygrid.durability;

import io.citygrid.durability.PgWriter.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.lifecycle.LifecycleBean;
import org.apache.ignite.lifecycle.LifecycleEventType;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Makes one PostgreSQL transaction of one grid transaction: all its rows in one statement, before the grid commits and while it
 * holds the locks, so that a refusal rolls the grid back.
 *
 * <p>This is called by {@code GridTransaction} and is not a cache store. With a store that writes through, Ignite 2.17 takes
 * the store for the place where the truth can be read again: when a node dies while it commits, the other nodes <em>remove</em>
 * the rows of the transaction from their copies ({@code IgniteTxManager.salvageTx}; see also IGNITE-27678). Without reading
 * through, stock and counters were gone.
 */
public final class WriteThrough implements LifecycleBean {
    private static final Map<String, WriteThrough> BY_NODE = new ConcurrentHashMap<>();

    private final PgWriter writer;
    private final WriteThroughMode mode;
    private volatile List<OutboxTarget> furtherTargets = List.of();

    @IgniteInstanceResource
    private Ignite node;

    public WriteThrough(PgWriter writer, WriteThroughMode mode) {
        this.writer = writer;
        this.mode = mode;
    }

    /** That of a node of this process. */
    public static WriteThrough of(Ignite node) {
        WriteThrough own = BY_NODE.get(node.name());
        if (own == null) {
            throw new IllegalStateException("node " + node.name() + " was started without its databases");
        }
        return own;
    }

    /** When rows reach PostgreSQL. */
    public WriteThroughMode mode() {
        return mode;
    }

    /** Called before the node starts; all nodes of a cluster need the same targets. */
    public void alsoTell(List<OutboxTarget> targets) {
        furtherTargets = List.copyOf(targets);
    }

    /** What learns of every committed row besides PostgreSQL. */
    public List<OutboxTarget> furtherTargets() {
        return furtherTargets;
    }

    /** What writes to the databases. */
    public PgWriter writer() {
        return writer;
    }

    /**
     * Why {@code rows} are left to the outbox: by choice, or because their database is out of reach; empty if they are not. The
     * choice is for rows that are never removed, as those of sales; others are written before the grid commits.
     */
    public Optional<String> reasonToDefer(WriteSet rows) {
        if (writer.databases().lost(rows.cityId())) {
            return Optional.of("the database is out of reach");
        }
        return mode != WriteThroughMode.IN_TRANSACTION && rows.isNeverRemoved()
                ? Optional.of("write-through: " + mode.setting())
                : Optional.empty();
    }

    /** The databases that it writes to. */
    public Databases databases() {
        return writer.databases();
    }

    @Override
    public void onLifecycleEvent(LifecycleEventType event) {
        if (event == LifecycleEventType.BEFORE_NODE_START) {
            BY_NODE.put(node.name(), this);
        } else if (event == LifecycleEventType.AFTER_NODE_STOP) {
            BY_NODE.remove(node.name());
        }
    }

    /**
     * Writes the rows of a grid transaction that is about to commit.
     *
     * @throws DatabaseRefusal if PostgreSQL did not commit them, or may not have
     */
    public void write(WriteSet rows) {
        int cityId = rows.cityId();
        // Reference rows have one writer, which reads the grid; a city's rows tell when PostgreSQL knows more than the
        // grid.
        writer.write(rows, cityId, cityId == DatabaseSettings.CENTRAL ? Mode.REPLACE : Mode.ONLY_NEWER);
    }
}
