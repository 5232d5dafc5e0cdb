package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @Test
    void surroundingBlanksAreDropped() {
        assertThat(Texts.required("  Saddar store\t\n", "name", 20)).isEqualTo("Saddar store");
        assertThat(Texts.optional("\u2003a@b.pk ", "email", 20)).isEqualTo("a@b.pk");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void requiredTextIsThere(String text) {
        assertThatThrownBy(() -> Texts.required(text, "name", 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name is missing");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void optionalTextMayBeMissing(String text) {
        assertThat(Texts.optional(text, "email", 20)).isNull();
    }

    @Test
    void textMayFillItsColumn() {
        assertThat(Texts.required(" 12345 ", "code", 5)).isEqualTo("12345");
    }

    @Test
    void longerTextThanItsColumnIsRefused() {
        assertThatThrownBy(() -> Texts.required("123456", "code", 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("code is longer than 5 characters");
        assertThatThrownBy(() -> Texts.optional("123456", "phone", 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("phone is longer than 5 characters");
    }

    @Test
    void aNulCharacterIsRefused() {
        assertThatThrownBy(() -> Texts.required("a\0b", "name", 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name contains a NUL character");
    }

    @Test
    void textIsCutWithAnEllipsisAndNeverThroughACharacter() {
        assertThat(Texts.cut(" 12345 ", 5)).isEqualTo("12345");
        assertThat(Texts.cut("123456", 5)).isEqualTo("1234…");
        assertThat(Texts.cut("123\uD83D\uDE00456", 5)).isEqualTo("123…");
        assertThat(Texts.cut("1\u00002", 5)).isEqualTo("12");
    }
}
