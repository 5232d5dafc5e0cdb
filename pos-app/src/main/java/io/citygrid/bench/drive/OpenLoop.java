package io.citygrid.bench.drive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Customers come at a fixed rate, whether the system keeps up or not. A sale's time counts from the moment at which the customer
 * came, so that a stall is felt by all who came during it (no "coordinated omission").
 *
 * @param perSecond customers
 */
public record OpenLoop(double perSecond) implements Load {
    @Override
    public Driven drive(List<Register> registers, Demand demand, long seed, Duration lasting) {
        AtomicLong next = new AtomicLong();
        long customers = (long) (perSecond * lasting.toNanos() / 1e9);
        return Crew.work(registers, lasting, (index, register, begun) -> {
            RequestSource source = new RequestSource(demand, Crew.seed(seed, index));
            Tally tally = new Tally();
            Request request = source.next();
            for (long customer = next.getAndIncrement();
                    customer < customers && !Thread.currentThread().isInterrupted();
                    customer = next.getAndIncrement()) {
                long came = begun + (long) (customer * 1e9 / perSecond);
                for (long early = came - System.nanoTime();
                        early > 0 && !Thread.currentThread().isInterrupted();
                        early = came - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                Register.Answer answer = Crew.ask(register, request);
                tally.count(request, answer, System.nanoTime() - came);
                request = source.next();
            }
            return tally;
        });
    }

    @Override
    public String words() {
        return Math.round(perSecond) + " a second";
    }
}
