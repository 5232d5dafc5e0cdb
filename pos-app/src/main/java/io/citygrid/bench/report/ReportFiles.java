package io.citygrid.bench.report;

import io.citygrid.launch.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webjars.WebJarVersionLocator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes results as JSON, and as one HTML page that needs nothing else. */
public final class ReportFiles {
    private ReportFiles() {}

    /** What the JSON holds. */
    private record Content(
            Map<String, String> about,
            Map<String, String> systems,
            List<Summary> summaries,
            List<Ratio> ratios,
            Map<String, String> notes,
            Map<String, List<String>> violations,
            Map<String, List<String>> faults,
            List<Measured> measured) {}

    /** Writes {@code name.json} and {@code name.html} into {@code folder}. */
    public static void write(Path folder, String name, Results results) throws IOException {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String content = json.writeValueAsString(new Content(
                results.about(),
                results.systems(),
                results.summaries(),
                results.ratios(),
                results.notes(),
                results.violations(),
                results.faults(),
                results.measured()));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".json"), content);
        String page = read("/bench/report.html")
                .replace("/*CHARTS*/", charts())
                // A closing tag in a name would end the script.
                .replace("/*RESULTS*/", content.replace("</", "<\\/"));
        Files.writeString(folder.resolve(name + ".html"), page);
    }

    private static String charts() throws IOException {
        @Nullable String path = new WebJarVersionLocator().fullPath("chart.js", "dist/chart.umd.js");
        if (path == null) {
            throw new CannotStart("chart.js is missing in the program: build it again");
        }
        return read("/" + path);
    }

    private static String read(String resource) throws IOException {
        try (@Nullable InputStream text = ReportFiles.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new CannotStart(resource + " is missing in the program: build it again");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
