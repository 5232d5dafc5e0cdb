package io.citygrid.grid.takeover;

import org.jspecify.annotations.Nullable;

/** What became of a {@link TakeoverRequest}. */
public final class TakeoverResult {
    private final String city;
    private final @Nullable String refusal;

    private TakeoverResult(String city, @Nullable String refusal) {
        this.city = city;
        this.refusal = refusal;
    }

    static TakeoverResult done(String city) {
        return new TakeoverResult(city, null);
    }

    static TakeoverResult refused(String city, String why) {
        return new TakeoverResult(city, why);
    }

    /** The city's name. */
    public String city() {
        return city;
    }

    /** Why nothing was done, and what to do, in a sentence; {@code null} if it was done. */
    public @Nullable String refusal() {
        return refusal;
    }
}
