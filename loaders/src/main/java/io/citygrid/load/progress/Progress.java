package io.citygrid.load.progress;

/** Where a load says how far it is. Several threads may call it at once. */
public interface Progress {
    /**
     * Starts a piece of work; the one before it is over.
     *
     * @param what the work, in the plural of what is counted, such as "products"
     * @param total how many there are
     */
    void start(String what, long total);

    /** Some more are done. */
    void advance(long steps);

    /** The work is over, whether all of it was done or not. */
    void done();

    /** Something went wrong that does not stop the rest, in a sentence for the person who started the load. */
    void problem(String sentence);

    /** Says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void start(String what, long total) {}

            @Override
            public void advance(long steps) {}

            @Override
            public void done() {}

            @Override
            public void problem(String sentence) {}
        };
    }
}
