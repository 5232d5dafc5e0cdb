package io.citygrid.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What somebody typed becomes conditions and arguments, and never part of the SQL. */
class SearchWordsTest {
    @Test
    void nothingTypedFindsEverything() {
        assertThat(SearchWords.of("  ").isEmpty()).isTrue();
        assertThat(SearchWords.of("").occurIn("name")).isEqualTo("TRUE");
    }

    @Test
    void codesAreFoundHoweverTheyAreTyped() {
        assertThat(SearchWords.of(" 85123a ").codes()).containsExactly("85123a", "85123A", "85123a");
    }

    @Test
    void everyWordIsAnArgument() {
        SearchWords search = SearchWords.of("White  LANTERN white");

        assertThat(search.words()).containsExactly("white", "lantern");
        assertThat(search.occurIn("name", "code").chars().filter(c -> c == '?')).hasSize(2);
    }

    @Test
    void quotesAndWildcardsStayOutOfTheSql() {
        SearchWords search = SearchWords.of("x' OR 1=1 -- %_");

        assertThat(search.occurIn("name")).doesNotContain("OR 1", "--", "%", "_");
        assertThat(search.words()).contains("x'", "%_");
    }

    @Test
    void aLongTextIsCutToEightWords() {
        assertThat(SearchWords.of("a b c d e f g h i j").words()).hasSize(8);
    }
}
