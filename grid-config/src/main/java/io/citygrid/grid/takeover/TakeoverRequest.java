package io.citygrid.grid.takeover;

import io.citygrid.model.Texts;

/** Asks to let other cities sell for a city, or to give it back. */
public final class TakeoverRequest {
    private final String city;
    private final boolean undo;

    /** @param city its name, in any case, or its id */
    public TakeoverRequest(String city, boolean undo) {
        this.city = Texts.required(city, "city", 100);
        this.undo = undo;
    }

    public String city() {
        return city;
    }

    /** Whether the city is given back to its own nodes. */
    public boolean undo() {
        return undo;
    }
}
