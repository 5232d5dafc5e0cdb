package io.citygrid.bench.drive;

import io.citygrid.bench.drive.Register.Answer;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a thread counted: answers by kind, and how long registers waited for them, whatever they were: whoever is refused after a
 * long wait has waited too. Not for several threads at once.
 */
public final class Tally {
    /** A minute, in microseconds; longer counts as that. */
    private static final long SLOWEST_MICROS = 60_000_000;

    private static final int DIGITS = 3;

    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private final Histogram sales = new Histogram(SLOWEST_MICROS, DIGITS);
    private final Histogram lookUps = new Histogram(SLOWEST_MICROS, DIGITS);

    void count(Request request, Answer answer, long nanos) {
        answers.merge(answer, 1L, Long::sum);
        long micros = Math.min(SLOWEST_MICROS, Math.max(1, nanos / 1_000));
        (request.lookUp() ? lookUps : sales).recordValue(micros);
    }

    void add(Tally other) {
        other.answers.forEach((answer, number) -> answers.merge(answer, number, Long::sum));
        sales.add(other.sales);
        lookUps.add(other.lookUps);
    }

    public long answers(Answer answer) {
        return answers.getOrDefault(answer, 0L);
    }

    /** Orders that were confirmed to the register. */
    public long sold() {
        return answers(Answer.SOLD) + answers(Answer.QUEUED);
    }

    /** What did what was asked. */
    public long done() {
        return sold() + answers(Answer.TOLD);
    }

    /** Microseconds of sales. */
    public Histogram sales() {
        return sales;
    }

    /** Microseconds of look-ups. */
    public Histogram lookUps() {
        return lookUps;
    }
}
