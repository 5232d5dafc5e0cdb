package io.citygrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user meets at the command line before anything runs. */
class PosApplicationTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = PosApplication.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "node --help",
                "app --help",
                "load --help",
                "load bench --help",
                "ops add-city --help",
                "ops remove-node --help",
                "ops rolling-restart --help",
                "ops await-whole --help",
                "--version"
            })
    void helpsAndSaysItsVersion(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();
        assertThat(out.toString()).isNotBlank();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmo                          | dmo",
                "demo --prot 80               | --prot",
                "demo --port high             | --port",
                "demo --port 80               | --port 80",
                "demo --thin-port 32000       | --thin-port 32000",
                "demo --survive all           | write node, city or both",
                "app                          | --grid",
                "app --grid here              | host:port",
                "node                         | --settings",
                "node --city karachi          | --name",
                "node --city atlantis --name a-1 --databases central=jdbc:postgresql://h/c | multan=3",
                "node --city 3 --name a-1     | --databases",
                "ops await-whole --grid h:1 --within soon | write 90s, 5m or 1h",
                "ops add-city --grid 127.0.0.1:1 --id 64 --name Multan --database h:1/multan_db | --id 64",
                "ops add-city --grid 127.0.0.1:1 --id 3 --name Multan --database multan | HOST:PORT/NAME",
                "load bench --clients 0       | --clients",
                "load bench --workloads warm  | uniform",
                "load bench --against oracle  | one, replaced or none",
                "load bench --nodes 9         | 1 to 8",
                "load bench --thin-port 40000 | 32767",
                "load bench --memory 10       | 64 MiB",
                "node --city karachi --name k-1 --databases central=jdbc:postgresql://h/c  | CITYGRID_DB_USER",
            })
    void wrongUsageIsOneLineThatSaysWhatToWrite(String arguments, String hint) {
        assertThat(run(arguments.split(" +"))).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("pos: ")
                .contains(hint);
    }

    @Test
    void aRefusalIsOneLineWithoutAStackTrace(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "x");
        assertThat(run("demo", "--data", folder.toString(), "--fresh")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("not made by a demo");
        assertThat(folder.resolve("thesis.txt")).exists();
    }
}
