package io.citygrid.load.invoice;

import java.math.BigDecimal;

/**
 * One line of an invoice, as the file has it.
 *
 * @param lineNo where it stands in the file; the header is line 1
 * @param description without surrounding blanks, empty when the file has none
 * @param quantity negative where goods came back
 * @param unitPrice of one unit, two decimals, 0 where the file names no price
 */
public record InvoiceLine(long lineNo, String stockCode, String description, int quantity, BigDecimal unitPrice) {
    /** Whether goods were sold, and not returned or written off. */
    public boolean isSale() {
        return quantity > 0;
    }
}
