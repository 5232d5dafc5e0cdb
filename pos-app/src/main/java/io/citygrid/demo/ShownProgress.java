package io.citygrid.demo;

import io.citygrid.launch.Console;
import io.citygrid.load.progress.Progress;
import java.time.Duration;

/** A load's progress among the demo's lines: only work that takes its time is worth one. */
final class ShownProgress implements Progress {
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(2);

    private final Console console;
    private String what = "";
    private long total;
    private long count;
    private Duration said = Duration.ZERO;

    ShownProgress(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void start(String work, long workTotal) {
        what = work;
        total = workTotal;
        count = 0;
        said = console.sinceBegin();
    }

    @Override
    public synchronized void advance(long steps) {
        count += steps;
        if (console.sinceBegin().minus(said).compareTo(WORTH_A_LINE) >= 0) {
            said = console.sinceBegin();
            console.say("loading " + what + ": " + count + " of " + total);
        }
    }

    @Override
    public synchronized void done() {
        what = "";
    }

    @Override
    public void problem(String sentence) {
        console.say(sentence);
    }
}
