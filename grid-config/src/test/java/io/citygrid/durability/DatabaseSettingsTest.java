package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
    private static final String CENTRAL = "jdbc:postgresql://hq:5432/pos_central";
    private static final String KARACHI = "jdbc:postgresql://khi:5432/karachi_db?sslmode=require";
    private static final String BOTH = "central=" + CENTRAL + ",1=" + KARACHI;

    @Test
    void readsTheUrlOfEachDatabase() {
        assertThat(parse(" 1=" + KARACHI + " , central=" + CENTRAL).urls()).isEqualTo(Map.of(0, CENTRAL, 1, KARACHI));
    }

    @Test
    void readsWhatItWrites() {
        assertThat(parse(BOTH).format()).isEqualTo(BOTH);
        assertThat(parse(parse(BOTH).format())).isEqualTo(parse(BOTH));
    }

    @Test
    void writesTheCentralDatabaseFirstAndThenTheCitiesByNumber() {
        String url = "jdbc:postgresql://h/d";
        assertThat(parse("10=" + url + ",2=" + url + ",central=" + url).format())
                .isEqualTo("central=" + url + ",2=" + url + ",10=" + url);
    }

    @Test
    void theCentralDatabaseIsNeeded() {
        assertThatThrownBy(() -> parse("1=" + KARACHI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("central database is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "central",
                "central=",
                "central=jdbc:mysql://h/d",
                "=",
                "jdbc:postgresql://h/d",
                "central=jdbc:postgresql://h/d;1=x,2"
            })
    void aPartThatNamesNoPostgresDatabaseIsRefused(String databases) {
        assertThatThrownBy(() -> parse(databases))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"karachi", "CENTRAL", "1.5", "", "99999999999"})
    void aNameThatIsNeitherACityIdNorCentralIsRefused(String name) {
        assertThatThrownBy(() -> parse(name + "=" + KARACHI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "' is neither a city id nor 'central'");
    }

    @Test
    void aCityWithoutADatabaseIsKeptInTheCentralOne() {
        assertThat(parse(BOTH).home(1)).isEqualTo(1);
        assertThat(parse(BOTH).home(2)).isEqualTo(DatabaseSettings.CENTRAL);
    }

    @Test
    void aDatabaseHasTheNameAtTheEndOfItsUrl() {
        assertThat(parse(BOTH).name(1)).isEqualTo("karachi_db");
        assertThat(parse(BOTH).name(2)).isEqualTo("pos_central");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(parse(BOTH)).asString().contains("pos_user").doesNotContain("secret");
    }

    private static DatabaseSettings parse(String databases) {
        return DatabaseSettings.parse(databases, "pos_user", "secret");
    }
}
