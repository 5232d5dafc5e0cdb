package io.citygrid.bench.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that begin together, each with a register. */
final class Crew {
    /** Longer than any register waits for an answer. */
    private static final Duration LAST_ANSWERS_WITHIN = Duration.ofSeconds(90);

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(20);

    private Crew() {}

    /** What one thread does from the common beginning on. */
    interface Member {
        /** @param begunNanos the common beginning, by {@link System#nanoTime} */
        Tally work(int index, Register register, long begunNanos);
    }

    /** Has each register worked by a thread of its own and adds up what they counted. */
    static Driven work(List<Register> registers, Duration lasting, Member member) {
        ExecutorService threads = Executors.newFixedThreadPool(registers.size());
        try {
            CountDownLatch ready = new CountDownLatch(registers.size());
            CountDownLatch begin = new CountDownLatch(1);
            long[] begun = new long[1];
            List<Future<Tally>> working = new ArrayList<>();
            for (int i = 0; i < registers.size(); i++) {
                int index = i;
                working.add(threads.submit(() -> {
                    ready.countDown();
                    begin.await();
                    return member.work(index, registers.get(index), begun[0]);
                }));
            }
            if (!ready.await(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not all registers are ready to begin");
            }
            begun[0] = System.nanoTime();
            begin.countDown();
            Tally total = new Tally();
            for (Future<Tally> one : working) {
                total.add(one.get(lasting.plus(LAST_ANSWERS_WITHIN).toMillis(), TimeUnit.MILLISECONDS));
            }
            return new Driven(total, Duration.ofNanos(System.nanoTime() - begun[0]));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while registers were selling", stopping);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a register failed", broken.getCause());
        } catch (TimeoutException hanging) {
            throw new IllegalStateException(
                    "a register got no answer within " + LAST_ANSWERS_WITHIN.toSeconds() + " s", hanging);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** Registers are closed next, which nobody must be using. */
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("a register does not end");
            }
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static Register.Answer ask(Register register, Request request) {
        return request.lookUp() ? register.lookUp(request) : register.sell(request);
    }

    /** So that no two registers, and no two measurements, draw the same. */
    static long seed(long seed, int index) {
        return seed * 1_000_003 + index;
    }
}
