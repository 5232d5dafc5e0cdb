package io.citygrid.load.testing;

import io.citygrid.load.progress.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what went wrong. */
public final class RecordedProgress implements Progress {
    private final List<String> problems = new CopyOnWriteArrayList<>();

    @Override
    public void start(String what, long total) {}

    @Override
    public void advance(long steps) {}

    @Override
    public void done() {}

    @Override
    public void problem(String sentence) {
        problems.add(sentence);
    }

    public List<String> problems() {
        return problems;
    }
}
