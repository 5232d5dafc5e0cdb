package io.citygrid.grid.growth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the nodes say of a database. */
public final class DatabaseAnswer {
    private final ArrayList<String> problems;
    private final boolean inUse;

    DatabaseAnswer(List<String> problems, boolean inUse) {
        this.problems = new ArrayList<>(problems);
        this.inUse = inUse;
    }

    /** Why nodes cannot use it, each in words without a full stop; empty if all can. */
    public List<String> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** Whether every node keeps the city's rows there already, and reaches it. */
    public boolean inUse() {
        return inUse;
    }
}
