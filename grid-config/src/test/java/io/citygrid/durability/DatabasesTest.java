package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a node comes to know databases that it was not started with; nobody listens on the ports named here. */
class DatabasesTest {
    private static final String ISLAMABAD = "jdbc:postgresql://127.0.0.1:1/islamabad_db";

    private final Databases databases = new Databases(DatabaseSettings.parse(
            "central=jdbc:postgresql://127.0.0.1:1/pos_central,1=jdbc:postgresql://127.0.0.1:1/karachi_db",
            "pos",
            "x"));

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void untilAllAreKnownNothingOfAnUnknownCityGoesToTheCentralDatabase() {
        databases.expectMore();

        assertThat(databases.complete()).isFalse();
        assertThat(databases.lost(3)).isTrue();
        assertThatThrownBy(() -> databases.connect(3))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not known yet where the rows of city 3 are kept");
        assertThatThrownBy(() -> databases.connect(1)).hasMessageContaining("karachi_db is out of reach");
    }

    @Test
    void aDatabaseIsLearnedOnce() {
        databases.expectMore();

        assertThat(databases.learn(Map.of(3, ISLAMABAD))).containsExactly(3);
        assertThat(databases.complete()).isTrue();
        assertThat(databases.settings().name(3)).isEqualTo("islamabad_db");
        assertThat(databases.settings().home(4)).isEqualTo(DatabaseSettings.CENTRAL);
        assertThat(databases.learn(Map.of(3, ISLAMABAD))).isEmpty();
    }

    @Test
    void theGridKnowsBetterThanWhatTheNodeWasStartedWith() {
        assertThat(databases.learn(Map.of(1, ISLAMABAD))).containsExactly(1);

        assertThat(databases.settings().name(1)).isEqualTo("islamabad_db");
    }
}
