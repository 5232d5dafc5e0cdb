package io.citygrid.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far two clocks are apart, as far as one who asked can tell: the other one was read at some moment between the question and its
 * answer.
 *
 * @param ahead how much the other clock is ahead of one's own at least; negative if it is behind
 */
public record ClockGap(Duration ahead) {
    /**
     * Which sale was first, and on which business day, is told by clocks of several servers; so is how long something waits. Servers that
     * ask a time server are some milliseconds apart.
     */
    public static final Duration MAX = Duration.ofSeconds(2);

    /**
     * The least gap that explains what was read.
     *
     * @param asked by one's own clock
     * @param theirs what the other one showed
     * @param answered by one's own clock
     */
    public static ClockGap of(Instant asked, Instant theirs, Instant answered) {
        if (theirs.isBefore(asked)) {
            return new ClockGap(Duration.between(asked, theirs));
        }
        return new ClockGap(theirs.isAfter(answered) ? Duration.between(answered, theirs) : Duration.ZERO);
    }

    /** Whether it is more than {@link #MAX}. */
    public boolean tooLarge() {
        return ahead.abs().compareTo(MAX) > 0;
    }

    /** Such as {@code 5.0 s ahead}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f s %s", ahead.abs().toMillis() / 1000.0, ahead.isNegative() ? "behind" : "ahead");
    }
}
