package io.citygrid.load.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PrintedProgressTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void inALogALineIsPrintedEveryFewSecondsAndAtTheEnd() {
        Progress progress = progress(false);

        progress.start("invoices", 200);
        for (int i = 0; i < 200; i++) {
            later(Duration.ofMillis(50));
            progress.advance(1);
        }
        progress.done();

        assertThat(text().lines()).hasSize(4).last().asString().contains("invoices", "200 of 200 (100 %)");
        assertThat(text()).doesNotContain("\r");
    }

    @Test
    void onATerminalOneLineIsRewritten() {
        Progress progress = progress(true);

        progress.start("invoices", 2);
        later(Duration.ofSeconds(1));
        progress.advance(2);
        progress.done();

        assertThat(text().lines().filter(line -> !line.isEmpty())).isNotEmpty();
        assertThat(text().chars().filter(c -> c == '\n')).hasSize(1);
        assertThat(text()).contains("\rinvoices").contains("2 of 2 (100 %)");
    }

    @Test
    void problemsArePrintedWhereTheyHappenButNotWithoutEnd() {
        Progress progress = progress(false);

        for (int i = 0; i < 500; i++) {
            progress.problem("line " + i + " is bad");
        }

        assertThat(text().lines())
                .hasSize(PrintedProgress.PROBLEMS_MAX + 1)
                .contains("! line 0 is bad")
                .last()
                .isEqualTo("! … and more, counted in the summary");
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        Progress progress = progress(false);

        progress.start("orders", 0);
        progress.done();

        assertThat(text()).contains("0 of 0 (100 %)");
    }

    private Progress progress(boolean terminal) {
        return new PrintedProgress(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, clock::get);
    }

    private void later(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
