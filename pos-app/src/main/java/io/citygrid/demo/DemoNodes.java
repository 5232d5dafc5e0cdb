package io.citygrid.demo;

/** The demo's four grid nodes, in this process or each in its own. */
interface DemoNodes extends AutoCloseable {
    /** Starts all four and returns when the cluster serves. */
    void start();

    /** Lets all four leave. */
    @Override
    void close();
}
