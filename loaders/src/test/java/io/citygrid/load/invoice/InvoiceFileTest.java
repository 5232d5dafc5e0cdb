package io.citygrid.load.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.citygrid.load.testing.SalesFiles;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceFileTest {
    private static final String GOOD = "536365,85123A,T-LIGHT HOLDER,6,12/1/10 8:26,2.55,17850,United Kingdom";

    @Test
    void theSampleIsReadWhole() {
        InvoiceFile sample = SalesFiles.sample();

        assertThat(sample.badLines()).isEmpty();
        assertThat(sample.invoices()).hasSize(66);
        assertThat(sample.invoices()).filteredOn(Invoice::isCancelled).hasSize(4);
        assertThat(sample.invoices().stream()
                        .mapToInt(invoice -> invoice.lines().size()))
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(count -> count).sum())
                        .isEqualTo(999));
    }

    @Test
    void aLineBecomesWhatItSays() {
        Invoice invoice = SalesFiles.of(" 536365 ,85123A, T-LIGHT HOLDER ,6,12/1/10 8:26,2.55,17850,United Kingdom")
                .invoices()
                .get(0);

        assertThat(invoice.number()).isEqualTo("536365");
        assertThat(invoice.customerCode()).isEqualTo("17850");
        assertThat(invoice.issuedAt()).as("8:26 in Karachi").isEqualTo(Instant.parse("2010-12-01T03:26:00Z"));
        assertThat(invoice.lines()).singleElement().satisfies(line -> {
            assertThat(line.lineNo()).isEqualTo(2);
            assertThat(line.stockCode()).isEqualTo("85123A");
            assertThat(line.description()).isEqualTo("T-LIGHT HOLDER");
            assertThat(line.quantity()).isEqualTo(6);
            assertThat(line.unitPrice()).isEqualByComparingTo("2.55");
        });
    }

    @Test
    void linesOfOneInvoiceAreOneInvoiceHoweverTheyAreSpread() {
        InvoiceFile file = SalesFiles.of(
                "536365,A,X,1,12/1/10 8:26,1,,UK",
                "536366,B,X,1,12/1/10 8:28,1,,UK",
                "536365,A,X,2,12/1/10 8:27,1,,UK");

        assertThat(file.invoices()).extracting(Invoice::number).containsExactly("536365", "536366");
        assertThat(file.invoices().get(0).lines())
                .extracting(InvoiceLine::quantity)
                .containsExactly(1, 2);
        assertThat(file.invoices().get(0).issuedAt()).isEqualTo(Instant.parse("2010-12-01T03:26:00Z"));
    }

    @Test
    void aFourDigitYearAndAQuotedCommaAndAMissingCustomerAreFine() {
        Invoice invoice = SalesFiles.of("536365,A,\"AIRLINE LOUNGE,METAL \"\"SIGN\"\"\",1,12/1/2010 8:26,1,,UK")
                .invoices()
                .get(0);

        assertThat(invoice.issuedAt()).isEqualTo(Instant.parse("2010-12-01T03:26:00Z"));
        assertThat(invoice.customerCode()).isNull();
        assertThat(invoice.lines().get(0).description()).isEqualTo("AIRLINE LOUNGE,METAL \"SIGN\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            536365,85123A,X,6,12/1/10 8:26,2.55,17850                | has 7 columns and not 8
            536365,85123A,X,6,12/1/10 8:26,2.55,17850,UK,more        | has 9 columns and not 8
            536365,,X,6,12/1/10 8:26,2.55,17850,UK                   | the stock code is missing
            ,85123A,X,6,12/1/10 8:26,2.55,17850,UK                   | the invoice number is missing
            53-36,85123A,X,6,12/1/10 8:26,2.55,17850,UK              | '53-36' is not an invoice number
            536365,85123A,X,six,12/1/10 8:26,2.55,17850,UK           | 'six' is not a quantity
            536365,85123A,X,99999999999,12/1/10 8:26,2.55,17850,UK   | '99999999999' is not a quantity
            536365,85123A,X,6,12/1/10 8:26,-2.55,17850,UK            | '-2.55' is not a price
            536365,85123A,X,6,12/1/10 8:26,2.555,17850,UK            | '2.555' is not a price
            536365,85123A,X,6,12/1/10 8:26,1E99999999,17850,UK       | '1E99999999' is not a price
            536365,85123A,X,6,2/30/10 8:26,2.55,17850,UK             | '2/30/10 8:26' is not a time written month/day/year hour:minute
            536365,85123A,"X,6,12/1/10 8:26,2.55,17850,UK            | has a quotation mark out of place
            """)
    void aBadLineIsReportedWithItsNumberAndTheOthersAreRead(String bad, String reason) {
        InvoiceFile file = SalesFiles.of(GOOD, bad, GOOD);

        assertThat(file.badLines()).containsExactly(new BadLine(3, reason));
        assertThat(file.invoices()).singleElement().satisfies(invoice -> assertThat(invoice.lines())
                .extracting(InvoiceLine::lineNo)
                .containsExactly(2L, 4L));
    }

    @Test
    void emptyLinesAreNoLines() {
        InvoiceFile file = SalesFiles.of(GOOD, "", "  ");

        assertThat(file.badLines()).isEmpty();
        assertThat(file.invoices()).hasSize(1);
    }

    @Test
    void aFileWithAnotherHeaderIsRefusedWhole() {
        assertThatIOException()
                .isThrownBy(() -> InvoiceFile.read(new StringReader("id,name\n1,tea\n")))
                .withMessageStartingWith("the first line is not InvoiceNo,");
        assertThatIOException().isThrownBy(() -> InvoiceFile.read(new StringReader("")));
    }

    @Test
    void aFileOfBadLinesIsGivenUp() {
        String[] lines = new String[InvoiceFile.BAD_LINES_MAX + 1];
        java.util.Arrays.fill(lines, "1,2,3");

        assertThatIOException()
                .isThrownBy(() -> InvoiceFile.read(new StringReader(
                        String.join(",", LineParser.HEADER) + "\n" + String.join("\n", List.of(lines)))))
                .withMessageContaining("more than 1000 bad lines");
    }

    @Test
    void onlyPositiveQuantitiesOfUncancelledInvoicesAreSales() {
        InvoiceFile file = SalesFiles.of(
                "536365,A,X,2,12/1/10 8:26,1,,UK",
                "536365,B,X,-1,12/1/10 8:26,1,,UK",
                "536365,C,X,0,12/1/10 8:26,1,,UK",
                "C536366,A,X,1,12/1/10 8:26,1,,UK");

        assertThat(file.invoices().get(0).saleLines())
                .extracting(InvoiceLine::stockCode)
                .containsExactly("A");
        assertThat(file.invoices().get(1).isCancelled()).isTrue();
        assertThat(file.invoices().get(1).saleLines()).isEmpty();
    }
}
