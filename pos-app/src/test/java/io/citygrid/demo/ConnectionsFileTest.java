package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.WriteThroughMode;
import io.citygrid.placement.CityLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsFileTest {
    @TempDir
    Path folder;

    private final DemoSettings settings = new DemoSettings(
            8080, 10800, 5433, false, CityLoss.HAND_OVER, WriteThroughMode.IN_TRANSACTION, Duration.ZERO);

    @Test
    void saysHowToReachEverything() throws IOException {
        ConnectionsFile.write(folder, settings, DemoKeys.none(), new EmbeddedPostgres(folder, 5433));
        assertThat(folder.resolve("connections.properties"))
                .content()
                .isEqualTo(
                        """
                        http.url=http://127.0.0.1:8080
                        grid.jdbc.url=jdbc:ignite:thin://127.0.0.1:10800,127.0.0.1:10801,127.0.0.1:10802,127.0.0.1:10803
                        grid.thin=127.0.0.1:10800,127.0.0.1:10801,127.0.0.1:10802,127.0.0.1:10803
                        grid.metrics=127.0.0.1:13800,127.0.0.1:13801,127.0.0.1:13802,127.0.0.1:13803
                        pg.host=127.0.0.1
                        pg.port=5433
                        pg.user=postgres
                        pg.password=
                        """);
    }

    @Test
    void isForItsOwnerOnlyAndLeavesNothingBeside() throws IOException {
        ConnectionsFile.write(folder, settings, DemoKeys.none(), new EmbeddedPostgres(folder, 5433));
        ConnectionsFile.write(folder, settings, DemoKeys.none(), new EmbeddedPostgres(folder, 5434));
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content).containsExactly(folder.resolve("connections.properties"));
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("connections.properties"))))
                .isEqualTo("rw-------");
    }
}
