package io.citygrid.load.cli;

import io.citygrid.load.invoice.InvoiceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A subcommand that reads the sales file. */
abstract class FileCommand extends GridCommand {
    @Parameters(
            paramLabel = "FILE.csv",
            description = "Sales in the columns of the \"Online Retail\" data set: InvoiceNo, StockCode, Description, "
                    + "Quantity, InvoiceDate, UnitPrice, CustomerID, Country.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    /** The file's content; a file that is not there is wrong usage. */
    final InvoiceFile read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw wrongUsage("there is no file " + file);
        }
        try {
            return InvoiceFile.read(file);
        } catch (IOException unreadable) {
            throw new IOException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
