package io.citygrid.grid.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupSettingsTest {
    @ParameterizedTest
    @CsvSource({"30m, 30", "24h, 1440", "7d, 10080", "off, 0"})
    void periodsAreWrittenWithTheirUnit(String text, long minutes) {
        assertThat(BackupSettings.period("--backup-every", text)).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(BackupSettings.period("x", BackupSettings.text(Duration.ofMinutes(minutes))))
                .isEqualTo(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "0h", "-1h", "1s", "h", "1 h"})
    void othersAreRefused(String text) {
        assertThatThrownBy(() -> BackupSettings.period("--backup-every", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--backup-every " + text);
    }

    @Test
    void incrementsNeedFullBackupsAndOneIsKept() {
        Path folder = Path.of("backups");
        assertThatThrownBy(() -> new BackupSettings(folder, Duration.ZERO, Duration.ofMinutes(5), 7))
                .hasMessageContaining("--backup-every");
        assertThatThrownBy(() -> new BackupSettings(folder, Duration.ofHours(1), Duration.ofHours(1), 7))
                .hasMessageContaining("--backup-every");
        assertThatThrownBy(() -> new BackupSettings(folder, Duration.ofHours(1), Duration.ZERO, 0))
                .hasMessageContaining("--backup-keep");
    }
}
