package io.citygrid.grid.client;

/** PostgreSQL did not take rows of master data, so none of them was merged; the message says why. */
public final class MergeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MergeRefused(String cache, String why) {
        super("rows of " + cache + " were not merged: " + why);
    }
}
