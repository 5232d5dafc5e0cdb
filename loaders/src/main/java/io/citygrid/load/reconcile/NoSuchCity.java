package io.citygrid.load.reconcile;

import java.util.SortedMap;

/** The grid has no city of that name or id. */
public final class NoSuchCity extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchCity(String wanted, SortedMap<Integer, String> known) {
        super("the grid has no city '" + wanted + "'; it has "
                + (known.isEmpty() ? "none yet" : String.join(", ", known.values())));
    }
}
