package io.citygrid.model.catalog;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;

/** Says that an operator has let other cities sell for a city. The city's id is the key. */
public final class CityTakeover {
    private final Timestamp since;

    public CityTakeover(Instant since) {
        this.since = Moments.column(since);
    }

    public Instant since() {
        return since.toInstant();
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        if (since == null) {
            throw new IllegalStateException("a takeover without its moment");
        }
        return new CityTakeover(since.toInstant());
    }
}
