package io.citygrid.grid.growth;

import io.citygrid.model.Texts;

/** Asks to take a node out of the grid for good, or to let it in again. */
public final class RetireRequest {
    private final String name;
    private final boolean undo;

    /** @param name of the node */
    public RetireRequest(String name, boolean undo) {
        this.name = Texts.required(name, "name", 63);
        this.undo = undo;
    }

    public String name() {
        return name;
    }

    /** Whether the node may come back. */
    public boolean undo() {
        return undo;
    }
}
