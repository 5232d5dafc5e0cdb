package io.citygrid.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** {@code docker-compose.yml} and the {@code Dockerfile} beside it, read as the engine would read them. */
final class ComposeFile {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\$|\\{[A-Z_]+(?::-([^}]*))?})");

    private final Map<String, Map<String, Object>> services;
    private final Map<String, Object> whole;

    ComposeFile() {
        this.whole = new Yaml().load(interpolated(read("docker-compose.yml")));
        this.services = maps(whole, "services");
    }

    /** What the Dockerfile runs, as the words of a command line. */
    static List<String> entrypoint() {
        String line = read("Dockerfile")
                .lines()
                .filter(instruction -> instruction.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        return List.of(JsonMapper.builder().build().readValue(line.substring("ENTRYPOINT ".length()), String[].class));
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException notReadable) {
            throw new UncheckedIOException(notReadable);
        }
    }

    /** As when the operator has set nothing. */
    private static String interpolated(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().equals("$$") ? "$" : found.group(1) == null ? "" : found.group(1)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> maps(Map<String, Object> from, String key) {
        return (Map<String, Map<String, Object>>) from.get(key);
    }

    Map<String, Map<String, Object>> services() {
        return services;
    }

    /** Names of what the file declares at its end under {@code kind}: volumes, networks or secrets. */
    List<String> declared(String kind) {
        return List.copyOf(maps(whole, kind).keySet());
    }

    /** Services of this program that run {@code role}. */
    List<String> running(String role) {
        return services.entrySet().stream()
                .filter(service -> List.of(role).equals(service.getValue().get("command")))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The environment of {@code service}. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        if (services.get(service).get("environment") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        }
        return environment;
    }

    /** The names under which {@code service} is found in each of its networks. */
    Map<String, List<String>> names(String service) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Object networks = services.get(service).get("networks");
        if (networks instanceof List<?> plain) {
            plain.forEach(network -> names.put(String.valueOf(network), List.of(service)));
        } else if (networks instanceof Map<?, ?> detailed) {
            detailed.forEach((network, details) -> names.put(String.valueOf(network), names(service, details)));
        }
        return names;
    }

    private static List<String> names(String service, Object details) {
        List<String> names = new ArrayList<>(List.of(service));
        if (details instanceof Map<?, ?> map && map.get("aliases") instanceof List<?> aliases) {
            aliases.forEach(alias -> names.add(String.valueOf(alias)));
        }
        return names;
    }

    /** The command that finds out whether {@code service} is well. */
    List<String> healthCheck(String service) {
        Map<?, ?> check = (Map<?, ?>) services.get(service).get("healthcheck");
        return ((List<?>) check.get("test")).stream().map(String::valueOf).toList();
    }
}
