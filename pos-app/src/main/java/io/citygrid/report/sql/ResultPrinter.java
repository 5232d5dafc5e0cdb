package io.citygrid.report.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Prints what a query answers. */
enum ResultPrinter {
    /** Columns under each other; all rows are read first. */
    TABLE {
        @Override
        void print(ResultSet rows, PrintWriter out) throws SQLException {
            List<List<String>> lines = new ArrayList<>();
            lines.add(names(rows));
            while (rows.next()) {
                lines.add(row(rows));
            }
            int[] widths = new int[lines.get(0).size()];
            lines.forEach(line -> {
                for (int column = 0; column < widths.length; column++) {
                    widths[column] = Math.max(widths[column], line.get(column).length());
                }
            });
            lines.forEach(line -> {
                StringBuilder text = new StringBuilder();
                for (int column = 0; column < widths.length; column++) {
                    text.append(line.get(column))
                            .append(" ".repeat(widths[column] - line.get(column).length() + 2));
                }
                out.println(text.toString().stripTrailing());
            });
            out.flush();
        }
    },
    /** RFC 4180, a row at a time. */
    CSV {
        @Override
        void print(ResultSet rows, PrintWriter out) throws SQLException {
            try {
                CSVPrinter table = new CSVPrinter(out, CSVFormat.RFC4180);
                table.printRecord(names(rows));
                while (rows.next()) {
                    table.printRecord(row(rows));
                }
                table.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    };

    /** Prints the names of the columns and all rows. */
    abstract void print(ResultSet rows, PrintWriter out) throws SQLException;

    private static List<String> names(ResultSet rows) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            names.add(rows.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** A missing value is empty. */
    private static List<String> row(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            Object value = rows.getMetaData().getColumnType(column) == Types.DATE
                    ? rows.getDate(column)
                    : rows.getObject(column);
            values.add(value == null ? "" : value.toString());
        }
        return values;
    }
}
