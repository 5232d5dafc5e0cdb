package io.citygrid.bench.question;

import java.util.List;

/** A system, or a part of one, that answers questions. */
interface Answerer extends AutoCloseable {
    String name();

    /**
     * The answer's rows, each cell in words that are the same for the same value.
     *
     * @throws IllegalStateException if it does not answer
     */
    List<String> ask(Question question);

    @Override
    void close();
}
