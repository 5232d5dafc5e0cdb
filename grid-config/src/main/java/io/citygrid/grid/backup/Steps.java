package io.citygrid.grid.backup;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run has come to, for whoever watches it. */
final class Steps {
    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    /** More are never remembered; a run has about ten. */
    private static final int REMEMBERED_MAX = 200;

    private final String run;
    private final List<String> steps = new ArrayList<>();

    /** @param run what it is, for the log */
    Steps(String run) {
        this.run = run;
    }

    /** A new step begins, and the one before has ended. */
    synchronized void next(String step) {
        log.info("{}: {}", run, step);
        if (steps.size() < REMEMBERED_MAX) {
            steps.add(step);
        }
    }

    synchronized List<String> all() {
        return List.copyOf(steps);
    }
}
