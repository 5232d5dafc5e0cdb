package io.citygrid.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivalGoalTest {
    @ParameterizedTest
    @CsvSource({"node, NODE", "city, CITY", "both, BOTH", "Both, BOTH", "' node ', NODE"})
    void isReadAsSettingsSpellIt(String setting, SurvivalGoal goal) {
        assertThat(SurvivalGoal.of(setting)).isEqualTo(goal);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(SurvivalGoal goal) {
        assertThat(SurvivalGoal.of(goal.setting())).isEqualTo(goal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nodes", "region", "node,city"})
    void saysWhatMayBeWritten(String setting) {
        assertThatThrownBy(() -> SurvivalGoal.of(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + setting + "'")
                .hasMessageContaining("node, city or both");
    }

    @Test
    void copiesFollowTheGoal() {
        assertThat(SurvivalGoal.NODE.backups()).isEqualTo(1);
        assertThat(SurvivalGoal.NODE.backupsInCity()).isEqualTo(1);
        assertThat(SurvivalGoal.CITY.backups()).isEqualTo(1);
        assertThat(SurvivalGoal.CITY.backupsInCity()).isZero();
        assertThat(SurvivalGoal.BOTH.backups()).isEqualTo(2);
        assertThat(SurvivalGoal.BOTH.backupsInCity()).isEqualTo(1);
    }
}
