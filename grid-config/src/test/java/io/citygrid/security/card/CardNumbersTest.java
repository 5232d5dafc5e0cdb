package io.citygrid.security.card;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that card schemes publish for trials are found however they are written; everyday numbers are not. */
class CardNumbersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111.1111.1111.1111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "6011111111111117",
                "4222222222222",
                "6304000000000000000",
                "card 4111111111111111 of Asma",
                "x4111111111111111x",
                "00004111111111111111",
                "41111111111111110000000000",
                "４１１１１１１１１１１１１１１１",
                "{\"pan\":4111111111111111}"
            })
    void cardNumbersAreFoundAndMasked(String text) {
        assertThat(CardNumbers.isIn(text)).isTrue();
        assertThat(CardNumbers.masked(text)).contains("[card number]").doesNotContain("1111111", "4444");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1111",
                "**** 1111",
                "4111111111111112",
                "411111111111",
                "0300-1234567",
                "12.50 500.00 99999.99",
                "2026-11-28T04:43:36Z",
                "4111  1111  1111  1111"
            })
    void otherNumbersAreLeftAlone(String text) {
        assertThat(CardNumbers.isIn(text)).isFalse();
        assertThat(CardNumbers.masked(text)).isEqualTo(text);
    }
}
