package io.citygrid.load.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.citygrid.load.testing.SalesFiles;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainTest {
    @Test
    void storesOneToFiveAreInKarachiAndSixToTenInLahore() {
        assertThat(Chain.cities()).isEqualTo(Map.of(1, "Karachi", 2, "Lahore"));
        assertThat(Chain.stores())
                .extracting(store -> store.id() + " " + store.code() + " " + store.cityId())
                .containsExactly(
                        "1 KHI001 1",
                        "2 KHI002 1",
                        "3 KHI003 1",
                        "4 KHI004 1",
                        "5 KHI005 1",
                        "6 LHR001 2",
                        "7 LHR002 2",
                        "8 LHR003 2",
                        "9 LHR004 2",
                        "10 LHR005 2");
    }

    @ParameterizedTest
    @CsvSource({"536365, 5", "536371, 1", "536370, 10", "C536379, 9"})
    void anInvoiceBelongsToTheStoreOfItsLastDigit(String number, int storeId) {
        assertThat(Chain.storeOf(number).id()).isEqualTo(storeId);
    }

    @Test
    void aNumberWithoutADigitAtItsEndBelongsToNoStore() {
        assertThatIllegalArgumentException().isThrownBy(() -> Chain.storeOf("53636X"));
        assertThatIllegalArgumentException().isThrownBy(() -> Chain.storeOf(""));
    }

    @Test
    void theSampleReachesEveryStore() {
        Map<Integer, Long> invoices = SalesFiles.sample().invoices().stream()
                .filter(invoice -> !invoice.isCancelled())
                .collect(Collectors.groupingBy(
                        invoice -> Chain.storeOf(invoice.number()).id(), Collectors.counting()));

        assertThat(invoices).hasSize(10);
        assertThat(invoices.values()).allSatisfy(count -> assertThat(count).isBetween(3L, 8L));
    }
}
