package io.citygrid.bench.drive;

/**
 * What registers ask for.
 *
 * @param assortment what there is
 * @param lines of every basket; 0 for what the workload says
 */
public record Demand(Workload workload, Assortment assortment, int lines) {
    /** In words, for reports. */
    public String words() {
        return workload.option() + (lines == 0 ? "" : lines == 1 ? ", 1 line" : ", " + lines + " lines");
    }
}
