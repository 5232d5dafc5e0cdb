package io.citygrid.load.invoice;

import io.citygrid.load.chain.Chain;
import io.citygrid.model.Money;
import io.citygrid.model.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads one line of the sales file. The lengths are those of the columns into which the values go. */
final class LineParser {
    static final List<String> HEADER = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");

    private static final Pattern INVOICE_NUMBER = Pattern.compile("[A-Z]?[0-9]{1,9}");

    /** Month first; the published file writes the year with two digits, copies of it with four. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("M/d/[uuuu][uu] H:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** A line together with what it says about its invoice. */
    record Parsed(String invoiceNumber, Instant issuedAt, @Nullable String customerCode, InvoiceLine line) {}

    private LineParser() {}

    /** @throws IllegalArgumentException if the line is bad; the message says why */
    static Parsed parse(long lineNo, String text) {
        List<String> columns = columns(text);
        if (columns.size() != HEADER.size()) {
            throw new IllegalArgumentException("has " + columns.size() + " columns and not " + HEADER.size());
        }
        InvoiceLine line = new InvoiceLine(
                lineNo,
                Texts.required(columns.get(1), "the stock code", 40),
                or(Texts.optional(columns.get(2), "the description", 150), ""),
                quantity(columns.get(3)),
                price(columns.get(5)));
        return new Parsed(
                invoiceNumber(columns.get(0)),
                time(columns.get(4)),
                Texts.optional(columns.get(6), "the customer's code", 40),
                line);
    }

    static List<String> columns(String text) {
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.DEFAULT)) {
            List<CSVRecord> records = parser.getRecords();
            return records.isEmpty() ? List.of() : records.get(0).toList();
        } catch (IOException | UncheckedIOException badQuotes) {
            throw new IllegalArgumentException("has a quotation mark out of place", badQuotes);
        }
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String invoiceNumber(String text) {
        String number = Texts.required(text, "the invoice number", 10);
        if (!INVOICE_NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("'" + number + "' is not an invoice number");
        }
        return number;
    }

    private static int quantity(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException unparsable) {
            throw new IllegalArgumentException("'" + shortened(text) + "' is not a quantity", unparsable);
        }
    }

    private static BigDecimal price(String text) {
        try {
            return Money.of(text.strip());
        } catch (IllegalArgumentException unparsable) {
            throw new IllegalArgumentException("'" + shortened(text) + "' is not a price", unparsable);
        }
    }

    private static Instant time(String text) {
        try {
            return LocalDateTime.parse(text.strip(), TIME).atZone(Chain.ZONE).toInstant();
        } catch (DateTimeException unparsable) {
            throw new IllegalArgumentException(
                    "'" + shortened(text) + "' is not a time written month/day/year hour:minute", unparsable);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 30 ? text : text.substring(0, 30) + "…";
    }
}
