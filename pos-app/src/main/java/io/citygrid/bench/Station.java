package io.citygrid.bench;

import io.citygrid.bench.contender.Contender;
import io.citygrid.bench.cost.MachineTime;
import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.cost.ProcessRestarted;
import io.citygrid.bench.cost.Reading;
import io.citygrid.bench.drive.ClosedLoop;
import io.citygrid.bench.drive.Demand;
import io.citygrid.bench.drive.Driven;
import io.citygrid.bench.drive.Load;
import io.citygrid.bench.drive.Register;
import io.citygrid.bench.drive.Register.Answer;
import io.citygrid.bench.drive.Workload;
import io.citygrid.bench.report.Cost;
import io.citygrid.bench.report.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A system with its registers connected, and what was confirmed to them. */
final class Station implements AutoCloseable {
    private final Contender contender;
    private final Meter meter;
    private final List<Register> registers = new ArrayList<>();
    private long confirmed;
    private long unknown;

    Station(Contender contender, int registers) {
        this.contender = contender;
        this.meter = contender.meter();
        for (int i = 0; i < registers; i++) {
            this.registers.add(contender.register());
        }
    }

    Contender contender() {
        return contender;
    }

    /** Sells until throughput is steady, and looks prices up for a while; says in words how that went. */
    String warmUp(BenchOptions options) {
        ClosedLoop load = new ClosedLoop(options.manyClients());
        Duration window = options.warmUpWindow();
        Demand usual = new Demand(
                Workload.UNIFORM, options.assortment(), options.lines().get(0));
        count(load.drive(registers, usual, -options.seed() - 1, window));
        contender.tidy();
        String how = new SteadyState(registers, load.clients(), usual, window, this::count)
                .reach(options.seed(), options.warmUp());
        Demand reads = new Demand(Workload.READS_95, options.assortment(), usual.lines());
        count(load.drive(registers, reads, -options.seed(), window));
        return how;
    }

    Meter meter() {
        return meter;
    }

    /**
     * Measures once, its afterwork among the cost.
     *
     * @param standingBy whose nodes run meanwhile and have nothing to do; {@code null} if there are none
     * @throws ProcessRestarted if a node died meanwhile, so that this says nothing
     */
    Measured measure(String block, Demand demand, Load load, String label, Turn turn, @Nullable Meter standingBy)
            throws ProcessRestarted {
        Reading before = meter.read();
        long idleNodesBefore = standingBy == null ? 0 : standingBy.nodesCpuMillis();
        MachineTime begun = MachineTime.now();
        Driven driven = load.drive(registers, demand, turn.seed(), turn.window());
        MachineTime machine = MachineTime.now().minus(begun);
        count(driven);
        if (driven.tally().done() == 0) {
            throw new IllegalStateException(contender.name() + " did nothing of what it was asked");
        }
        contender.rest();
        long idleNodes = standingBy == null ? 0 : Math.max(0, standingBy.nodesCpuMillis() - idleNodesBefore);
        return Measured.of(
                block,
                contender.name(),
                demand,
                label,
                turn.round(),
                driven,
                Cost.of(
                        meter.read().minus(before),
                        machine,
                        idleNodes,
                        driven.tally().done()));
    }

    /** One turn of a round. */
    record Turn(int round, long seed, Duration window) {}

    private void count(Driven driven) {
        confirmed += driven.tally().sold();
        unknown += driven.tally().answers(Answer.UNKNOWN);
    }

    /** Whether the system's books add up; what does not hold, in sentences. */
    List<String> check() {
        return contender.check(confirmed, unknown);
    }

    /** Closes the registers, and not the system. */
    @Override
    public void close() {
        registers.forEach(Register::close);
    }
}
