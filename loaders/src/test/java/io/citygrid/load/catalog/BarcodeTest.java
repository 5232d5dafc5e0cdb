package io.citygrid.load.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarcodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"4006381333931", "5901234123457", "9780201379624", "0000000000000"})
    void theCheckDigitIsThatOfPublishedNumbers(String ean) {
        assertThat(Barcode.checkDigit(ean.substring(0, 12))).isEqualTo(ean.charAt(12) - '0');
    }

    @Test
    void everyProductHasItsOwnNumberInTheRangeForStores() {
        Set<String> barcodes = new HashSet<>();
        for (int id = 1; id <= 2_000; id++) {
            String barcode = Barcode.inStore(id);
            assertThat(barcode).hasSize(13).startsWith("20").containsOnlyDigits();
            assertThat(weighedSum(barcode) % 10).as(barcode).isZero();
            barcodes.add(barcode);
        }
        assertThat(barcodes).hasSize(2_000);
        assertThat(Barcode.inStore(Integer.MAX_VALUE)).hasSize(13).startsWith("202147483647");
    }

    @Test
    void thereIsNoProductBeforeTheFirst() {
        assertThatIllegalArgumentException().isThrownBy(() -> Barcode.inStore(0));
    }

    /** GS1's check of a whole number: the weights count from the right, the check digit weighs 1. */
    private static int weighedSum(String digits) {
        int sum = 0;
        for (int fromRight = 0; fromRight < digits.length(); fromRight++) {
            sum += (digits.charAt(digits.length() - 1 - fromRight) - '0') * (fromRight % 2 == 0 ? 1 : 3);
        }
        return sum;
    }
}
