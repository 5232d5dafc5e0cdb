package io.citygrid.grid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JDK packages that are opened to Ignite are listed twice: for {@code java -jar}, and for everything else. */
class OpenedPackagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern MANIFEST = Pattern.compile("<ignite\\.add-opens>([^<]*)</ignite\\.add-opens>");

    @Test
    void theRunnableJarOpensWhatTheOptionsFileOpens() throws IOException {
        assertThat(ofManifest()).containsExactlyInAnyOrderElementsOf(ofOptionsFile());
    }

    @Test
    void everyLineOfTheOptionsFileOpensAPackage() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve(".mvn/ignite.jvm")))
                .allMatch(line -> line.matches("--add-opens=[a-z.]+/[A-Za-z.]+=ALL-UNNAMED"))
                .doesNotHaveDuplicates();
    }

    @Test
    void testsRunWithTheseOptions() throws IOException {
        assertThat(ofOptionsFile()).allSatisfy(opened -> {
            String[] parts = opened.split("/");
            assertThat(ModuleLayer.boot().findModule(parts[0])).hasValueSatisfying(module -> assertThat(
                            module.isOpen(parts[1], OpenedPackagesTest.class.getModule()))
                    .isTrue());
        });
    }

    private static List<String> ofManifest() throws IOException {
        Matcher property = MANIFEST.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(property.find()).isTrue();
        return Arrays.asList(property.group(1).strip().split("\\s+"));
    }

    private static List<String> ofOptionsFile() throws IOException {
        return Files.readAllLines(ROOT.resolve(".mvn/ignite.jvm")).stream()
                .map(line -> line.replace("--add-opens=", "").replace("=ALL-UNNAMED", ""))
                .toList();
    }
}
