package io.citygrid.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options that the command line leaves out come from the environment. */
class EnvironmentTest {
    private final StringWriter out = new StringWriter();

    private CommandLine node(Map<String, String> environment) {
        CommandLine line = new CommandLine(new NodeCommand());
        line.getCommandSpec().mixinStandardHelpOptions(true);
        Environment.sets(line, environment);
        line.setOut(new PrintWriter(out));
        return line;
    }

    private static Object value(CommandLine line, String option) {
        return line.getCommandSpec().findOption(option).getValue();
    }

    @Test
    void everyOptionOfANodeMayComeFromIt() {
        CommandLine line = node(Map.of(
                "CITYGRID_NODE_NAME", "karachi-1",
                "CITYGRID_CITY", "karachi,multan=3",
                "CITYGRID_THIN_PORT", "10900",
                "CITYGRID_PEERS", "a:1,b:2"));
        line.parseArgs();
        assertThat(value(line, "--name")).isEqualTo("karachi-1");
        assertThat(value(line, "--city")).asString().isEqualTo("[karachi, multan=3]");
        assertThat(value(line, "--thin-port")).isEqualTo(10900);
        assertThat(value(line, "--peers")).asString().isEqualTo("[a:1, b:2]");
        assertThat(value(line, "--host")).isEqualTo("127.0.0.1");
    }

    @Test
    void theCommandLineGoesFirstAndAnEmptyVariableIsNone() {
        CommandLine line = node(Map.of("CITYGRID_THIN_PORT", "10900", "CITYGRID_HOST", " "));
        line.parseArgs("--thin-port", "10901");
        assertThat(value(line, "--thin-port")).isEqualTo(10901);
        assertThat(value(line, "--host")).isEqualTo("127.0.0.1");
    }

    @Test
    void theHelpNamesEveryVariable() {
        CommandLine line = node(Map.of());
        line.usage(line.getOut());
        assertThat(out.toString()).contains("CITYGRID_NODE_NAME", "CITYGRID_CITY", "CITYGRID_DATABASES_LOGIN");
        assertThat(out.toString()).doesNotContain("CITYGRID_SETTINGS", "CITYGRID_HELP", "CITYGRID_VERSION");
    }

    @Test
    void aFileOfSettingsStandsAlone(@TempDir Path folder) {
        StringWriter err = new StringWriter();
        CommandLine line = node(Map.of("CITYGRID_CITY", "karachi"));
        line.setErr(new PrintWriter(err));
        assertThat(line.execute("--settings", folder + "/none", "--city", "karachi"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--settings has all settings: write it without --city");
    }

    @Test
    void thePasswordMayComeFromAFile(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("db_password"), "s3cret\n");
        Map<String, String> environment =
                new HashMap<>(Map.of(DatabaseLogin.USER, "pos", DatabaseLogin.PASSWORD_FILE, secret.toString()));
        DatabaseLogin login = DatabaseLogin.ofEnvironment(environment);
        assertThat(login.user()).isEqualTo("pos");
        assertThat(login.password()).isEqualTo("s3cret");
        assertThat(login.toString()).doesNotContain("s3cret");

        environment.put(DatabaseLogin.PASSWORD, "other");
        assertThatThrownBy(() -> DatabaseLogin.ofEnvironment(environment)).hasMessageContaining("both set");
        environment.remove(DatabaseLogin.PASSWORD);
        environment.put(DatabaseLogin.PASSWORD_FILE, folder + "/none");
        assertThatThrownBy(() -> DatabaseLogin.ofEnvironment(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read");
    }
}
