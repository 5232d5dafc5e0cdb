package io.citygrid.bench.drive;

import java.time.Duration;
import java.util.List;

/**
 * Each register asks again as soon as it is answered, so a slow system is asked less. Says how much a system does, and little
 * about waiting: what would have been asked during a stall never is.
 */
public record ClosedLoop(int clients) implements Load {
    @Override
    public Driven drive(List<Register> registers, Demand demand, long seed, Duration lasting) {
        return Crew.work(registers.subList(0, clients), lasting, (index, register, begun) -> {
            RequestSource source = new RequestSource(demand, Crew.seed(seed, index));
            Tally tally = new Tally();
            long end = begun + lasting.toNanos();
            for (long now = System.nanoTime();
                    now - end < 0 && !Thread.currentThread().isInterrupted(); ) {
                Request request = source.next();
                long asked = System.nanoTime();
                Register.Answer answer = Crew.ask(register, request);
                now = System.nanoTime();
                tally.count(request, answer, now - asked);
            }
            return tally;
        });
    }

    @Override
    public String words() {
        return clients == 1 ? "1 client" : clients + " clients";
    }
}
