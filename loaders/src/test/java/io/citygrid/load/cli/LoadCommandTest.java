package io.citygrid.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "catalog --help", "sales --help", "generate --help", "warm --help", "reconcile --help"
            })
    void helpIsAlwaysThere(String arguments) {
        assertThat(execute(arguments.split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: load");
    }

    @Test
    void withoutASubcommandItIsWrongUsage() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand", "load --help");
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        assertThat(execute("sales", directory.resolve("no.csv").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file", "load sales --help");
    }

    @Test
    void aFileOfAnotherKindFails() throws IOException {
        Path file = Files.writeString(directory.resolve("other.csv"), "id,name\n1,tea\n");

        assertThat(execute("catalog", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot be read: the first line is not InvoiceNo,");
    }

    @Test
    void withoutADemoAndWithoutAddressesItSaysWhatToDo() {
        assertThat(execute("generate", "--data", directory.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("no running demo found in " + directory + ": start ./pos demo or pass --grid");
    }

    @Test
    void aDemoWithoutAddressesIsNoDemo() throws IOException {
        Files.writeString(directory.resolve("connections.properties"), "http.url=http://localhost:8080\n");

        assertThat(execute("generate", "--data", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no running demo found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "localhost:10800,", ":10800", "a:1 b:2", ""})
    void anAddressIsHostAndPort(String addresses) {
        assertThat(execute("generate", "--grid", addresses)).isEqualTo(2);
        assertThat(err.toString()).contains("is not HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--days 400", "--threads 0", "--orders many", "--first-day 1.1.2025", "--nonsense"})
    void whatCannotBeGeneratedIsWrongUsage(String option) {
        assertThat(execute(("generate --grid localhost:1 " + option).split(" ")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("load generate --help");
    }

    private int execute(String... arguments) {
        CommandLine command = LoadCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
