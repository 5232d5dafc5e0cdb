package io.citygrid.grid.backup;

import java.util.List;

/** All backups that living nodes know of, newest first. */
public final class BackupList {
    private final List<KnownBackup> backups;
    private final List<String> silent;
    private final String closed;

    BackupList(List<KnownBackup> backups, List<String> silent, String closed) {
        this.backups = List.copyOf(backups);
        this.silent = List.copyOf(silent);
        this.closed = closed;
    }

    public List<KnownBackup> backups() {
        return backups;
    }

    /** Nodes that did not say what they have, so that more may be missing, or there. */
    public List<String> silent() {
        return silent;
    }

    /** Why the grid is closed, in a sentence without a full stop; empty if it is open. */
    public String closed() {
        return closed;
    }
}
