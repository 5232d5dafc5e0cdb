package io.citygrid.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.backup.BackupSettings;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.GridLogin;
import io.citygrid.security.NodeSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        NodeSettings settings = new NodeSettings(
                        "multan-1",
                        Set.of(3, 4),
                        "127.0.0.1",
                        10800,
                        11800,
                        12800,
                        List.of("127.0.0.1:11800", "127.0.0.1:11801"),
                        List.of("multan-1", "multan-2"),
                        folder.resolve("nodes/multan-1"),
                        96L << 20,
                        SurvivalGoal.NODE,
                        CityLoss.KEEP_SELLING,
                        WriteThroughMode.AFTER_COMMIT,
                        Duration.ofMillis(40),
                        DatabaseSettings.parse(
                                "central=jdbc:postgresql://h:1/c?a=b,3=jdbc:postgresql://h/m", "u", "p\\n#=: !ä"),
                        true)
                .withMetricsPort(9404)
                .withSecurity(new NodeSecurity(
                        folder.resolve("users"),
                        folder.resolve("policy"),
                        folder.resolve("audit"),
                        new GridLogin("n", "p\\#=: !ä")))
                .withBackups(
                        new BackupSettings(folder.resolve("backups"), Duration.ofHours(24), Duration.ofMinutes(30), 3));
        Path file = folder.resolve("settings.properties");
        NodeFile.write(file, settings);
        assertThat(NodeFile.read(file)).isEqualTo(settings);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aMissingSettingIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("settings.properties"), "name=karachi-1\n");
        assertThatThrownBy(() -> NodeFile.read(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cities is missing");
    }
}
