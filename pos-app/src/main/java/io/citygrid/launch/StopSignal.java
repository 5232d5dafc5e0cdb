package io.citygrid.launch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl-C, SIGTERM and a closed terminal into an orderly stop by the thread that installed it, with exit code 0. A second
 * Ctrl-C ends the process at once, and so does a stop that takes too long.
 *
 * <p>Shutdown hooks would not do: they run all at once, and cannot be cut short by a second Ctrl-C.
 */
public final class StopSignal {
    /** Asks a supervisor to start the process again at once; the EX_TEMPFAIL of sysexits.h. */
    public static final int START_AGAIN = 75;

    /** The exit code of a process that a second Ctrl-C ended: 128 + SIGINT. */
    static final int ENDED_AT_ONCE = 130;

    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch requested = new CountDownLatch(1);
    private final Duration within;
    private volatile Runnable lastAct = () -> {};
    private volatile int exitCode;

    private StopSignal(Duration within) {
        this.within = within;
    }

    /** @param within how long the stop may take before the process is ended */
    public static StopSignal install(Duration within) {
        StopSignal stop = new StopSignal(within);
        handle("INT", signal -> stop.interrupt());
        handle("TERM", signal -> stop.request());
        handle("HUP", signal -> stop.request());
        return stop;
    }

    /**
     * For a process under a supervisor that shares its terminal: Ctrl-C is the supervisor's to handle, and its end, however it
     * comes, is the end of standard input.
     */
    public static StopSignal installSupervised(Duration within) {
        StopSignal stop = new StopSignal(within);
        handle("INT", SignalHandler.SIG_IGN);
        handle("HUP", SignalHandler.SIG_IGN);
        handle("TERM", signal -> stop.request());
        daemon("supervisor-watch", () -> {
            try {
                while (System.in.read() >= 0) {
                    log.debug("input of the supervisor is ignored");
                }
            } catch (java.io.IOException gone) {
                log.debug("the supervisor is gone", gone);
            }
            stop.request();
        });
        return stop;
    }

    private static void handle(String signal, SignalHandler handler) {
        try {
            Signal.handle(new Signal(signal), handler);
        } catch (IllegalArgumentException ignoredByParent) {
            // A shell that starts a program in the background, or nohup, wants this signal ignored.
            log.debug("{} is not handled: {}", signal, ignoredByParent.getMessage());
        }
    }

    /**
     * As a signal does, but asked for from inside the process.
     *
     * @param code what the process exits with when it has stopped
     */
    void request(int code) {
        exitCode = code;
        request();
    }

    /** What the process exits with: 0 unless it was asked for otherwise. */
    int exitCode() {
        return exitCode;
    }

    /** What a process that ends at once still does: something quick that waits for nothing. */
    public void beforeEndingAtOnce(Runnable quick) {
        lastAct = quick;
    }

    private void interrupt() {
        if (requested.getCount() == 0) {
            endAtOnce(ENDED_AT_ONCE);
        }
        request();
    }

    private void endAtOnce(int exitCode) {
        try {
            lastAct.run();
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private synchronized void request() {
        if (requested.getCount() > 0) {
            requested.countDown();
            worker.interrupt();
            daemon("stop-deadline", () -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(within.toMillis());
                    log.error("the stop took longer than {} s: ending the process", within.toSeconds());
                } catch (InterruptedException unexpected) {
                    log.error("ending the process", unexpected);
                }
                endAtOnce(1);
            });
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for a signal; afterwards the thread is free of the interruption that told it so. */
    public void await() {
        while (!isRequested()) {
            try {
                requested.await();
            } catch (InterruptedException bySignal) {
                log.debug("woken up by a signal", bySignal);
            }
        }
        clearInterruption();
    }

    /**
     * Lets the thread wait again, for the parts it now stops. Synchronised with the request, whose interruption could otherwise
     * come just after it was cleared.
     */
    public synchronized void clearInterruption() {
        boolean interrupted = Thread.interrupted();
        log.debug("stopping, interrupted: {}", interrupted);
    }
}
