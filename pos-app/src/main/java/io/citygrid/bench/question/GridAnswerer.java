package io.citygrid.bench.question;

import io.citygrid.grid.client.GridClient;
import java.util.List;
import java.util.function.Function;

/** The grid, asked through a thin client as a report is. */
final class GridAnswerer implements Answerer {
    private final String name;
    private final GridClient grid;
    private final Function<Question, String> sql;

    GridAnswerer(String name, GridClient grid, Function<Question, String> sql) {
        this.name = name;
        this.grid = grid;
        this.sql = sql;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> ask(Question question) {
        return Rows.words(grid.query(sql.apply(question)));
    }

    /** The client is the grid's. */
    @Override
    public void close() {}
}
