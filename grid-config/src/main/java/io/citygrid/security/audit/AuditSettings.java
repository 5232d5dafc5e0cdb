package io.citygrid.security.audit;

import java.nio.file.Path;

/**
 * Where a node or a web application writes its audit log.
 *
 * @param folder best on another disk than the data, or a mounted server; may be the same for all of a chain
 * @param node whose it is: files are named after it, so it is unique among all that write to the folder
 * @param fileBytesMax from which size on a new file is begun; it is begun with each day (UTC) too
 * @param filesMax of this writer; the oldest are deleted
 */
public record AuditSettings(Path folder, String node, long fileBytesMax, int filesMax) {
    private static final long FILE_BYTES_DEFAULT = 16L << 20;

    /** More than a year of days that are not busy, at most 6.4 GB. */
    private static final int FILES_DEFAULT = 400;

    private static final String NAME = "[A-Za-z0-9._-]{1,80}";

    public AuditSettings {
        if (!node.matches(NAME)) {
            throw new IllegalArgumentException("'" + node + "' cannot name an audit log: 1 to 80 of A-Z a-z 0-9 . _ -");
        }
        if (fileBytesMax < 1 || filesMax < 2) {
            throw new IllegalArgumentException("an audit log keeps at least two files of at least one byte");
        }
    }

    /** With the usual sizes. */
    public static AuditSettings of(Path folder, String node) {
        return new AuditSettings(folder, node, FILE_BYTES_DEFAULT, FILES_DEFAULT);
    }
}
