package io.citygrid.security.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of a node or a web application. An event is in the file when {@link #record} returns, unless the file cannot be
 * written just now: then the caller goes on after a tenth of a second at most, the event waits for the disk to come back, and
 * {@link #state} says so, for an alert. If too many wait, an event is written to the ordinary log instead, and counted.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int WAITING_MAX = 10_000;
    private static final int BATCH_MAX = 500;
    private static final Duration CALLER_WAITS_MAX = Duration.ofMillis(100);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /**
     * How it is.
     *
     * @param written events since the start
     * @param waiting events that are not in the file yet
     * @param lost events that only the ordinary log has, because too many waited
     * @param failing whether the file cannot be written now
     */
    public record State(long written, int waiting, long lost, boolean failing) {}

    /** An event on its way into the file. */
    private record Entry(byte[] line, CountDownLatch written) {
        static Entry of(byte[] line) {
            return new Entry(line, new CountDownLatch(1));
        }

        @Override
        public String toString() {
            return new String(line, UTF_8).strip();
        }
    }

    private final AuditSettings settings;
    private final AuditFiles files;
    private final Duration callerWaitsMax;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile int inHand;
    private volatile boolean failing;
    private volatile boolean closing;

    private AuditLog(AuditSettings settings, AuditFiles files, Duration callerWaitsMax) {
        this.settings = settings;
        this.files = files;
        this.callerWaitsMax = callerWaitsMax;
        this.writer = new Thread(this::write, "audit-" + settings.node());
        writer.setDaemon(true);
    }

    /**
     * Opens it, and goes on with today's file if there is one.
     *
     * @throws IOException if it cannot be written: nobody should start who cannot keep it
     */
    public static AuditLog open(AuditSettings settings) throws IOException {
        return open(settings, CALLER_WAITS_MAX);
    }

    static AuditLog open(AuditSettings settings, Duration callerWaitsMax) throws IOException {
        AuditFiles files = new AuditFiles(settings);
        files.prepare();
        AuditLog opened = new AuditLog(settings, files, callerWaitsMax);
        opened.writer.start();
        return opened;
    }

    public AuditSettings settings() {
        return settings;
    }

    /** Writes {@code event} down. Never throws, and takes some 50 microseconds, or a tenth of a second if the disk hangs. */
    public void record(AuditEvent event) {
        Entry entry = Entry.of(AuditFormat.line(event.seenBy(settings.node())));
        if (closing || !queue.offer(entry)) {
            lost.incrementAndGet();
            log.error("an event is not in the audit log: {}", entry);
        } else if (!failing) {
            await(entry);
        }
    }

    private void await(Entry entry) {
        try {
            if (!entry.written().await(callerWaitsMax.toMillis(), TimeUnit.MILLISECONDS) && !failing) {
                // It hangs rather than fails; the next callers must not all wait for it.
                hangs(entry);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    public State state() {
        return new State(written.get(), queue.size() + inHand, lost.get(), failing);
    }

    private void write() {
        Deque<Entry> batch = new ArrayDeque<>();
        while (!(closing && batch.isEmpty() && queue.isEmpty())) {
            try {
                if (batch.isEmpty()) {
                    take(batch);
                }
                write(batch);
            } catch (IOException | RuntimeException failed) {
                fails(String.valueOf(failed));
                if (closing) {
                    giveUp(batch);
                }
                pause();
            }
        }
        files.close();
    }

    private void take(Deque<Entry> batch) {
        try {
            Entry first = queue.poll(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH_MAX - 1);
                inHand = batch.size();
            }
        } catch (InterruptedException notOurs) {
            log.debug("the writer of the audit log goes on", notOurs);
        }
    }

    private void write(Deque<Entry> batch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        while (!batch.isEmpty()) {
            byte[] line = batch.element().line();
            if (line.length > 0) {
                files.write(line);
                written.incrementAndGet();
            }
            // Counted before the caller goes on: who has recorded an event finds it written.
            Entry done = batch.remove();
            inHand = batch.size();
            done.written().countDown();
        }
        worksAgain();
        files.force();
    }

    private synchronized void worksAgain() {
        if (failing) {
            failing = false;
            log.warn("the audit log in {} is written again", settings.folder());
        }
    }

    /** Unless it was written since: nobody would say then that it works again. */
    private synchronized void hangs(Entry entry) {
        if (entry.written().getCount() > 0) {
            fails("writing to it takes more than " + callerWaitsMax.toMillis() + " ms");
        }
    }

    private synchronized void fails(String why) {
        if (!failing) {
            failing = true;
            log.error(
                    "the audit log in {} cannot be written: {}; what happens now waits in memory, up to {} events",
                    settings.folder(),
                    why,
                    WAITING_MAX);
        }
    }

    private void giveUp(Deque<Entry> batch) {
        List<Entry> left = new ArrayList<>(batch);
        batch.clear();
        queue.drainTo(left);
        lost.addAndGet(left.size());
        left.forEach(entry -> log.error("an event is not in the audit log: {}", entry));
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(AGAIN_AFTER.toNanos());
        } catch (InterruptedException notOurs) {
            log.debug("the writer of the audit log goes on", notOurs);
        }
    }

    /** Writes what waits, within some seconds; what cannot be written goes to the ordinary log. */
    @Override
    public void close() {
        closing = true;
        // Wakes the writer: an interrupt would close the file under it.
        queue.offer(Entry.of(new byte[0]));
        try {
            writer.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
