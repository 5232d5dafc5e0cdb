package io.citygrid.load.invoice;

import io.citygrid.load.invoice.LineParser.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sales file, in the columns of the "Online Retail" data set.
 *
 * @param invoices in the order in which they first appear
 * @param badLines what could not be read; the lines around them are in {@code invoices}
 */
public record InvoiceFile(List<Invoice> invoices, List<BadLine> badLines) {
    /** Lines of one file: the whole data set has 541,909. */
    public static final int LINES_MAX = 2_000_000;

    /** Bad lines after which the file is taken for something else. */
    public static final int BAD_LINES_MAX = 1_000;

    private static final String SAMPLE = "/data/online-retail-sample.csv";

    public InvoiceFile {
        invoices = List.copyOf(invoices);
        badLines = List.copyOf(badLines);
    }

    /**
     * Reads a file in UTF-8.
     *
     * @throws IOException if it cannot be read, does not start with the header, or breaks one of the limits
     */
    public static InvoiceFile read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(bytes);
        }
    }

    /** Reads the sample that comes with the loaders. */
    public static InvoiceFile sample() throws IOException {
        try (InputStream bytes = InvoiceFile.class.getResourceAsStream(SAMPLE)) {
            if (bytes == null) {
                throw new IOException(SAMPLE + " is not on the class path");
            }
            return read(bytes);
        }
    }

    private static InvoiceFile read(InputStream bytes) throws IOException {
        // A reader, unlike Files.lines, replaces bytes that are no UTF-8: they spoil a description and not the load.
        return read(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /** As {@link #read(Path)}. A record is one line: the data set has no line breaks within quotes. */
    public static InvoiceFile read(Reader text) throws IOException {
        BufferedReader reader = new BufferedReader(text);
        requireHeader(reader.readLine());
        Map<String, List<Parsed>> byInvoice = new LinkedHashMap<>();
        List<BadLine> badLines = new ArrayList<>();
        long lineNo = 1;
        // Each line is parsed by itself, so that a stray quotation mark spoils its own line and not the rest of the
        // file.
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lineNo++;
            requireAtMost(LINES_MAX, lineNo, "lines");
            if (line.isBlank()) {
                continue;
            }
            try {
                Parsed parsed = LineParser.parse(lineNo, line);
                byInvoice
                        .computeIfAbsent(parsed.invoiceNumber(), number -> new ArrayList<>())
                        .add(parsed);
            } catch (IllegalArgumentException bad) {
                badLines.add(new BadLine(lineNo, String.valueOf(bad.getMessage())));
                requireAtMost(BAD_LINES_MAX, badLines.size(), "bad lines");
            }
        }
        return new InvoiceFile(
                byInvoice.values().stream().map(InvoiceFile::invoice).toList(), badLines);
    }

    private static Invoice invoice(List<Parsed> lines) {
        Parsed first = lines.get(0);
        return new Invoice(
                first.invoiceNumber(),
                first.issuedAt(),
                first.customerCode(),
                lines.stream().map(Parsed::line).toList());
    }

    private static void requireHeader(@Nullable String line) throws IOException {
        String header = line == null ? "" : line.replace("\uFEFF", "").strip();
        if (!header.equalsIgnoreCase(String.join(",", LineParser.HEADER))) {
            throw new IOException("the first line is not " + String.join(",", LineParser.HEADER));
        }
    }

    private static void requireAtMost(int limit, long number, String what) throws IOException {
        if (number > limit) {
            throw new IOException("the file has more than " + limit + " " + what);
        }
    }
}
