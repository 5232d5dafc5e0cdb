package io.citygrid.bench;

import io.citygrid.bench.contender.Arrangement;
import io.citygrid.bench.contender.Protection;
import io.citygrid.bench.drive.Assortment;
import io.citygrid.bench.drive.Demand;
import io.citygrid.bench.drive.Workload;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.placement.SurvivalGoal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run measures.
 *
 * @param goals survival goals of the grid; each is started with each mode
 * @param clients of the closed loop, each number by itself
 * @param percents of the rate that a system reached in the closed loop, at which customers come in the open loop
 * @param rates at which customers come in the open loop, a second, the same for every system
 * @param lines of every basket, each number by itself; 0 for what the workload says
 * @param rounds in which every system has its turn
 * @param window how long one measurement lasts
 * @param warmUp how long a system may sell before it is measured, until its throughput is steady
 * @param one whether one PostgreSQL is measured too
 * @param replaced whether the replaced design is measured too
 * @param wanLatencies the grid is started with each of them
 * @param nodes of the grid; it is started with each number
 * @param assortment what is sold, and where
 * @param protections of the grid's doors; it is started with each
 * @param storedOrders that the grid has before anything is sold; it is started with each number
 */
record BenchOptions(
        List<SurvivalGoal> goals,
        List<WriteThroughMode> modes,
        List<Workload> workloads,
        List<Integer> clients,
        List<Integer> percents,
        List<Integer> rates,
        List<Integer> lines,
        int rounds,
        Duration window,
        Duration warmUp,
        boolean one,
        boolean replaced,
        List<Duration> wanLatencies,
        List<Integer> nodes,
        List<Protection> protections,
        Assortment assortment,
        List<Integer> storedOrders,
        long seed) {
    private static final Duration WARM_UP_WINDOW_MAX = Duration.ofSeconds(10);
    private static final int CLIENTS_MAX = 64;
    private static final int LINES_MAX = 100;
    private static final int STORED_ORDERS_MAX = 5_000_000;
    private static final int ROUNDS_MAX = 50;
    private static final int RATE_MAX = 100_000;

    BenchOptions {
        require(!goals.isEmpty() && !modes.isEmpty() && !workloads.isEmpty(), "nothing to measure was chosen");
        require(!wanLatencies.isEmpty(), "--wan-latency needs at least one number, 0 for none");
        require(
                clients.stream().allMatch(number -> number >= 1 && number <= CLIENTS_MAX),
                "--clients: each is 1 to " + CLIENTS_MAX);
        require(percents.stream().allMatch(percent -> percent >= 1 && percent <= 100), "--percents: each is 1 to 100");
        require(rates.stream().allMatch(rate -> rate >= 1 && rate <= RATE_MAX), "--rates: each is 1 to " + RATE_MAX);
        require(!clients.isEmpty() || !rates.isEmpty(), "--clients or --rates must name a number");
        require(percents.isEmpty() || !clients.isEmpty(), "--percents are of what --clients reach: name clients too");
        require(
                !lines.isEmpty() && lines.stream().allMatch(number -> number >= 0 && number <= LINES_MAX),
                "--lines: each is 1 to " + LINES_MAX + ", or 0 for the workload's own");
        require(!nodes.isEmpty(), "--nodes needs at least one number");
        require(!protections.isEmpty(), "--security needs at least one kind");
        require(
                !storedOrders.isEmpty()
                        && storedOrders.stream().allMatch(number -> number >= 0 && number <= STORED_ORDERS_MAX),
                "--stored-orders: each is 0 to " + STORED_ORDERS_MAX);
        require(
                assortment.cities() == 2 || !replaced,
                "--cities: the replaced design was made for two, so take it out of --against");
        require(
                storedOrders.equals(List.of(0)) || !(one || replaced),
                "--stored-orders: only the grid is filled with them, so write --against none");
        require(rounds >= 1 && rounds <= ROUNDS_MAX, "--rounds is 1 to " + ROUNDS_MAX);
        require(window.toSeconds() >= 1 && window.toMinutes() <= 30, "--seconds is 1 to 1800");
        require(!warmUp.isNegative() && warmUp.toMinutes() <= 60, "--warm-up is 0 to 3600 seconds");
        goals = List.copyOf(goals);
        modes = List.copyOf(modes);
        workloads = List.copyOf(workloads);
        clients = List.copyOf(clients);
        percents = List.copyOf(percents);
        rates = List.copyOf(rates);
        wanLatencies = List.copyOf(wanLatencies);
        lines = List.copyOf(lines);
        nodes = List.copyOf(nodes);
        protections = List.copyOf(protections);
        storedOrders = List.copyOf(storedOrders);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What registers ask for, one after the other. */
    List<Demand> demands() {
        return workloads.stream()
                .flatMap(workload -> lines.stream().map(number -> new Demand(workload, assortment, number)))
                .toList();
    }

    /** What is asked for when customers come at a percentage of the rate that was reached with it. */
    Demand usual() {
        return new Demand(Workload.UNIFORM, assortment, lines.get(0));
    }

    /** Registers that are connected to each system. */
    int registers() {
        int most = clients.stream().mapToInt(Integer::intValue).max().orElse(1);
        // Customers who come at a fixed rate need registers enough not to queue where no queue should be.
        return percents.isEmpty() && rates.isEmpty() ? most : Math.max(most, 32);
    }

    /** At how many clients systems are warmed up, and what the open loop's percents are of. */
    int manyClients() {
        return clients.stream().mapToInt(Integer::intValue).max().orElse(16);
    }

    /** What is compared while a system warms up: ten seconds, or a part of a shorter warm-up. */
    Duration warmUpWindow() {
        Duration part = warmUp.dividedBy(2L * SteadyState.WINDOWS);
        return Duration.ofMillis(Math.min(WARM_UP_WINDOW_MAX.toMillis(), Math.max(1_000, part.toMillis())));
    }

    /** Everything that can be chosen of a grid, chosen. */
    interface Arranger {
        Arrangement arrange(
                SurvivalGoal goal,
                WriteThroughMode mode,
                Duration wanLatency,
                int nodes,
                int storedOrders,
                Protection protection);
    }

    /** The grids that are set up, one after the other. */
    List<Arrangement> arrangements(Arranger arranger) {
        List<Arrangement> arrangements = new ArrayList<>();
        for (SurvivalGoal goal : goals) {
            for (WriteThroughMode mode : modes) {
                for (Duration latency : wanLatencies) {
                    for (int number : nodes) {
                        for (int stored : storedOrders) {
                            for (Protection protection : protections) {
                                arrangements.add(arranger.arrange(goal, mode, latency, number, stored, protection));
                            }
                        }
                    }
                }
            }
        }
        return arrangements;
    }

    /** How often the grid is set up anew. */
    int blocks() {
        return goals.size()
                * modes.size()
                * wanLatencies.size()
                * nodes.size()
                * storedOrders.size()
                * protections.size();
    }

    /** About how long the run takes, without starting and filling. */
    Duration estimate() {
        int systems = 1 + (one ? 1 : 0) + (replaced ? 1 : 0);
        long measurements =
                (long) systems * rounds * ((long) demands().size() * (clients.size() + rates.size()) + percents.size());
        return window.plusSeconds(2)
                .multipliedBy(measurements * blocks())
                .plus(warmUp.plusSeconds(30).multipliedBy((long) systems * blocks()));
    }
}
