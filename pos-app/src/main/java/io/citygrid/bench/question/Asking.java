package io.citygrid.bench.question;

import io.citygrid.bench.report.Medians;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Asks all systems the same, in turns, and sees that they answer the same. */
final class Asking {
    private final List<Answerer> systems;
    private final BooleanSupplier stopped;
    private final Consumer<String> tell;

    /** What one system took for one question. */
    record Took(Question question, String system, double bestMillis, double medianMillis, List<Double> millis) {
        Took {
            millis = List.copyOf(millis);
        }
    }

    Asking(List<Answerer> systems, BooleanSupplier stopped, Consumer<String> tell) {
        this.systems = List.copyOf(systems);
        this.stopped = stopped;
        this.tell = tell;
    }

    /** Compares the answers of all systems; says what differs. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (Question question : Question.values()) {
            List<String> first = systems.get(0).ask(question);
            tell.accept(question.words() + ": " + (first.size() == 1 ? first.get(0) : first.size() + " rows"));
            for (Answerer system : systems) {
                List<String> answer = system.ask(question);
                if (!answer.equals(first)) {
                    differences.add(question.words() + ": " + system.name() + " answers " + answer + ", "
                            + systems.get(0).name() + " " + first);
                }
            }
        }
        return differences;
    }

    /** Asks all of it again and again; until then a Java program is slow. */
    void warmUp(Duration lasting) {
        long until = System.nanoTime() + lasting.toNanos();
        while (System.nanoTime() - until < 0) {
            for (Question question : Question.values()) {
                for (Answerer system : systems) {
                    if (stopped.getAsBoolean()) {
                        return;
                    }
                    system.ask(question);
                }
            }
        }
    }

    /** Each round begins with another system. */
    List<Took> measure(int rounds) {
        Map<Question, Map<String, List<Double>>> millis = new EnumMap<>(Question.class);
        List<Answerer> turned = new ArrayList<>(systems);
        for (int round = 0; round < rounds && !stopped.getAsBoolean(); round++) {
            for (Question question : Question.values()) {
                for (Answerer system : turned) {
                    long begun = System.nanoTime();
                    system.ask(question);
                    millis.computeIfAbsent(question, unused -> new TreeMap<>())
                            .computeIfAbsent(system.name(), unused -> new ArrayList<>())
                            .add((System.nanoTime() - begun) / 1e6);
                }
            }
            Collections.rotate(turned, -1);
        }
        List<Took> took = new ArrayList<>();
        millis.forEach((question, bySystem) -> systems.forEach(system -> {
            List<Double> times = bySystem.getOrDefault(system.name(), List.of());
            took.add(new Took(
                    question,
                    system.name(),
                    times.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                    Medians.of(times),
                    times));
        }));
        return took;
    }
}
