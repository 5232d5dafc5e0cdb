package io.citygrid.bench.drive;

/** One register's line to a system, used by one thread at a time. Every call is bounded. */
public interface Register extends AutoCloseable {
    /** How a request ended. */
    enum Answer {
        /** Paid, and in PostgreSQL. */
        SOLD,
        /** Paid; PostgreSQL gets it later. */
        QUEUED,
        /** Price and stock were told. */
        TOLD,
        /** Nothing was done: stock, a deadlock, a time-out that the system reported. */
        REFUSED,
        /** No answer, also after asking again. */
        UNKNOWN
    }

    /** Sells the basket. */
    Answer sell(Request request);

    /** Finds out price and stock of the request's first product. */
    Answer lookUp(Request request);

    @Override
    void close();
}
