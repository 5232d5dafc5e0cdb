package io.citygrid.load.invoice;

/**
 * A line of the file that could not be used.
 *
 * @param lineNo where it stands in the file; the header is line 1
 * @param reason what is wrong with it, as a phrase
 */
public record BadLine(long lineNo, String reason) {
    @Override
    public String toString() {
        return "line " + lineNo + ": " + reason;
    }
}
