package io.citygrid.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.citygrid.durability.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a role writes into its log, by the very files that configure it. */
class LogFormatTest {
    @TempDir
    Path folder;

    @Test
    void aLineForCollectorsIsAJsonObjectThatNamesNodeAndCity() throws Exception {
        DatabaseSettings settings = DatabaseSettings.parse("central=jdbc:postgresql://h/c", "pos", "s3cret");

        List<String> lines = logged(LogFormat.JSON, log -> {
            log.info("started with {}", settings);
            log.error("said \"no\"\nand more", new IllegalStateException("because"));
        });

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).doesNotContain("s3cret"));
        JsonNode first = JsonMapper.builder().build().readTree(lines.get(0));
        assertThat(Instant.parse(first.path("@timestamp").asString().replaceAll("[+]..:..$", "Z")))
                .isNotNull();
        assertThat(first.path("level").asString()).isEqualTo("INFO");
        assertThat(first.path("message").asString()).startsWith("started with DatabaseSettings[central=");
        assertThat(first.path("logger_name").asString()).isEqualTo("io.citygrid.trial");
        assertThat(first.path("thread_name").asString())
                .isEqualTo(Thread.currentThread().getName());
        JsonNode second = JsonMapper.builder().build().readTree(lines.get(1));
        assertThat(second.path("message").asString()).isEqualTo("said \"no\"\nand more");
        assertThat(second.path("stack_trace").asString()).contains("IllegalStateException: because", "LogFormatTest");
        assertThat(List.of(first, second)).allSatisfy(line -> {
            assertThat(line.path("role").asString()).isEqualTo("node");
            assertThat(line.path("node").asString()).isEqualTo("karachi-1");
            assertThat(line.path("city_id").asString()).isEqualTo("1");
        });
    }

    @Test
    void whatIsLearntLaterStandsInFurtherLines() throws Exception {
        List<String> lines = logged(LogFormat.JSON, log -> {
            log.info("asking the grid");
            ((ch.qos.logback.classic.Logger) log).getLoggerContext().putProperty("learnt", "3");
            log.info("joining it");
        });

        JsonMapper json = JsonMapper.builder().build();
        assertThat(json.readTree(lines.get(0)).has("learnt")).isFalse();
        assertThat(json.readTree(lines.get(1)).path("learnt").asString()).isEqualTo("3");
    }

    @Test
    void aLineForPeopleIsText() throws Exception {
        List<String> lines = logged(LogFormat.TEXT, log -> log.info("started"));

        assertThat(lines)
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d) INFO  \\[.*] io.citygrid.trial - started");
    }

    @Test
    void theSettingIsTextOrJson() {
        assertThat(LogFormat.of(null)).isEqualTo(LogFormat.TEXT);
        assertThat(LogFormat.of("text")).isEqualTo(LogFormat.TEXT);
        assertThat(LogFormat.of(" JSON ")).isEqualTo(LogFormat.JSON);
        assertThatThrownBy(() -> LogFormat.of("xml"))
                .isInstanceOf(CannotStart.class)
                .hasMessage("CITYGRID_LOG_FORMAT='xml': write text or json");
    }

    @Test
    void fieldsAreQuoted() {
        assertThat(LogFormat.fields(Map.of("b", "1", "a", "\"\\"))).isEqualTo("{\"a\":\"\\\"\\\\\",\"b\":\"1\"}");
    }

    private interface Logged {
        void to(Logger log);
    }

    private List<String> logged(LogFormat format, Logged lines) throws Exception {
        Path file = folder.resolve("role.log");
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("citygrid.log.file", file.toString());
        context.putProperty(
                "citygrid.log.fields", LogFormat.fields(Map.of("role", "node", "node", "karachi-1", "city_id", "1")));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(getClass().getClassLoader().getResource(format.configuration()));
        lines.to(context.getLogger("io.citygrid.trial"));
        context.stop();
        return Files.readAllLines(file);
    }
}
