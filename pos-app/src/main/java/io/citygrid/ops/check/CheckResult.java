package io.citygrid.ops.check;

import io.citygrid.grid.check.Finding;
import io.citygrid.grid.check.Finding.Weight;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What checking a system came to.
 *
 * @param findings the worst first, each sentence once
 * @param looked how many of what were looked at, by words in the plural
 */
record CheckResult(List<Finding> findings, Map<String, Long> looked, Duration took) {
    CheckResult {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::weight).thenComparing(Finding::trouble))
                .toList();
    }

    /** What it all comes to, with the exit code that says so. */
    enum Verdict {
        ALL_RIGHT(0),
        WRONG(1),
        NOT_CHECKED(2);

        private final int exitCode;

        Verdict(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    List<Finding> of(Weight weight) {
        return findings.stream().filter(finding -> finding.weight() == weight).toList();
    }

    Verdict verdict() {
        if (!of(Weight.WRONG).isEmpty()) {
            return Verdict.WRONG;
        }
        return of(Weight.UNCHECKED).isEmpty() ? Verdict.ALL_RIGHT : Verdict.NOT_CHECKED;
    }
}
