package io.citygrid.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Duration STALL = Duration.ofMillis(500);

    /** Answers at once, but for one request, that takes {@link #STALL}. */
    private static final class StallsOnce implements Register {
        private final AtomicBoolean stalled = new AtomicBoolean();

        @Override
        public Answer sell(Request request) {
            if (stalled.compareAndSet(false, true)) {
                long end = System.nanoTime() + STALL.toNanos();
                while (System.nanoTime() - end < 0) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
            }
            return Answer.SOLD;
        }

        @Override
        public Answer lookUp(Request request) {
            return Answer.TOLD;
        }

        @Override
        public void close() {}
    }

    @Test
    void inTheOpenLoopEverybodyWhoCameDuringAStallWaited() {
        Driven driven = new OpenLoop(200)
                .drive(
                        List.of(new StallsOnce()),
                        new Demand(Workload.UNIFORM, new Assortment(2), 0),
                        1,
                        Duration.ofSeconds(2));
        assertThat(driven.tally().sold()).isEqualTo(400);
        // A quarter of all customers came during the stall; half of them waited for more than half of it.
        assertThat(driven.tally().sales().getValueAtPercentile(90) / 1_000)
                .isGreaterThanOrEqualTo(STALL.toMillis() / 4);
    }

    @Test
    void inTheClosedLoopOneDid() {
        Driven driven = new ClosedLoop(1)
                .drive(
                        List.of(new StallsOnce()),
                        new Demand(Workload.UNIFORM, new Assortment(2), 0),
                        1,
                        Duration.ofSeconds(2));
        assertThat(driven.tally().sales().getMaxValue() / 1_000).isGreaterThanOrEqualTo(STALL.toMillis() - 1);
        assertThat(driven.tally().sales().getValueAtPercentile(90) / 1_000).isLessThan(STALL.toMillis() / 4);
        assertThat(driven.perSecond()).isGreaterThan(400);
    }

    @Test
    void theSameSeedDrawsTheSameRequests() {
        assertThat(draw(Workload.ZIPF, 7)).isEqualTo(draw(Workload.ZIPF, 7)).isNotEqualTo(draw(Workload.ZIPF, 8));
    }

    @Test
    void workloadsAreWhatTheySay() {
        assertThat(draw(Workload.UNIFORM, 1))
                .allSatisfy(request -> assertThat(request.lines()).hasSize(3));
        assertThat(draw(Workload.UNIFORM, 1).stream().map(Request::storeId).distinct())
                .hasSize(10);
        assertThat(draw(Workload.HOT_PRODUCT, 1)).allSatisfy(request -> {
            assertThat(request.storeId()).isEqualTo(1);
            assertThat(request.lines()).extracting(Request.Line::productId).contains(1);
        });
        assertThat(draw(Workload.HOT_STORE, 1)).extracting(Request::storeId).containsOnly(1);
        assertThat(draw(Workload.READS_95, 1).stream().filter(Request::lookUp).count())
                .isBetween(900L, 980L);
        assertThat(draw(Workload.LOOK_UPS, 1)).allMatch(Request::lookUp);
        assertThat(draw(Workload.ZIPF, 1).stream()
                        .filter(request -> request.lines().stream().anyMatch(line -> line.productId() == 1))
                        .count())
                .isGreaterThan(200);
        assertThat(draw(Workload.UNIFORM, 1)).extracting(Request::orderId).doesNotHaveDuplicates();
    }

    private static List<Request> draw(Workload workload, long seed) {
        RequestSource source = new RequestSource(new Demand(workload, new Assortment(2), 0), seed);
        return Stream.generate(source::next).limit(1_000).toList();
    }
}
