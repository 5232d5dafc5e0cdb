package io.citygrid.report.web;

import io.citygrid.report.SalesReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A report as a table that spreadsheets open. */
final class SalesCsv {
    /** With one of these a spreadsheet takes a cell for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private SalesCsv() {}

    static String of(SalesReport report) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("key", "name", "orders", "units", "revenue")
                .get();
        try (CSVPrinter table = new CSVPrinter(text, format)) {
            for (SalesReport.Row row : report.rows()) {
                table.printRecord(
                        row.key(),
                        harmless(row.name()),
                        row.orders(),
                        row.units(),
                        row.revenue().toPlainString());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String harmless(String name) {
        return !name.isEmpty() && FORMULA.indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }
}
