package io.citygrid.grid.reconcile;

import java.util.UUID;

/** A piece of work that takes longer than a client waits: asked for again with the same id until it is done. */
public final class FragmentRun {
    /** Stands for the reference tables where a fragment is asked for. */
    public static final int REFERENCE = 0;

    private final UUID runId;
    private final int fragment;

    /** @param runId minted by the caller and kept while it waits */
    public FragmentRun(UUID runId, int fragment) {
        this.runId = runId;
        this.fragment = fragment;
    }

    public UUID runId() {
        return runId;
    }

    public int fragment() {
        return fragment;
    }
}
