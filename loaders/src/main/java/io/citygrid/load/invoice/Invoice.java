package io.citygrid.load.invoice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of the sales file.
 *
 * @param number six digits, with a letter in front when it is not a sale
 * @param issuedAt the time of its first line; the file's clock is read as the chain's
 * @param customerCode {@code null} when the file does not name the customer
 * @param lines in the order of the file, repeated products included
 */
public record Invoice(String number, Instant issuedAt, @Nullable String customerCode, List<InvoiceLine> lines) {
    public Invoice {
        lines = List.copyOf(lines);
    }

    /** Whether the number says that it takes back an earlier sale or corrects the books, as in C536379. */
    public boolean isCancelled() {
        return !Character.isDigit(number.charAt(0));
    }

    /** The lines that sold something; none if the invoice is cancelled. */
    public List<InvoiceLine> saleLines() {
        return isCancelled()
                ? List.of()
                : lines.stream().filter(InvoiceLine::isSale).toList();
    }
}
