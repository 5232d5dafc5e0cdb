package io.citygrid.launch;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.backup.BackupSettings;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.GridLogin;
import io.citygrid.security.NodeSecurity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node's settings as a file that only its owner can read: the way they come to a node's own process, since a command line,
 * and a password in it, can be read by everybody.
 */
public final class NodeFile {
    private NodeFile() {}

    /** Writes {@code settings} to {@code file}. */
    public static void write(Path file, NodeSettings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", settings.name());
        values.put(
                "cities",
                settings.cityIds().stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
        values.put("host", settings.host());
        values.put("port.thin", String.valueOf(settings.thinPort()));
        values.put("port.discovery", String.valueOf(settings.discoveryPort()));
        values.put("port.communication", String.valueOf(settings.communicationPort()));
        values.put("port.metrics", String.valueOf(settings.metricsPort()));
        values.put("peers", String.join(",", settings.peers()));
        values.put("founders", String.join(",", settings.founders()));
        values.put("directory", settings.directory().toAbsolutePath().toString());
        values.put("region.bytes", String.valueOf(settings.regionBytes()));
        values.put("survive", settings.survivalGoal().setting());
        values.put("city.loss", settings.cityLoss().setting());
        values.put("write.through", settings.writeThrough().setting());
        values.put("wan.latency.millis", String.valueOf(settings.wanLatency().toMillis()));
        values.put("databases", settings.databases().format());
        values.put("databases.user", settings.databases().user());
        values.put("databases.password", settings.databases().password());
        BackupSettings backups = settings.backups();
        values.put("backup.directory", backups.directory().toAbsolutePath().toString());
        values.put("backup.every", BackupSettings.text(backups.every()));
        values.put("backup.increment.every", BackupSettings.text(backups.incrementEvery()));
        values.put("backup.keep", String.valueOf(backups.keep()));
        values.put("halt.on.failure", String.valueOf(settings.haltOnFailure()));
        NodeSecurity security = settings.security();
        if (security != null) {
            values.put("users", security.users().toAbsolutePath().toString());
            if (security.policy() != null) {
                values.put("policy", security.policy().toAbsolutePath().toString());
            }
            values.put("audit.directory", security.audit().toAbsolutePath().toString());
            values.put("grid.user", security.login().user());
            values.put("grid.password", security.login().password());
        }
        OwnerOnlyFile.write(
                file,
                values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue().replace("\\", "\\\\") + "\n")
                        .collect(Collectors.joining()));
    }

    /** @throws CannotStart if {@code file} cannot be read or lacks something */
    public static NodeSettings read(Path file) {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
            NodeSettings settings = new NodeSettings(
                    value(values, "name"),
                    list(value(values, "cities")).stream().map(Integer::valueOf).collect(Collectors.toSet()),
                    value(values, "host"),
                    Integer.parseInt(value(values, "port.thin")),
                    Integer.parseInt(value(values, "port.discovery")),
                    Integer.parseInt(value(values, "port.communication")),
                    list(value(values, "peers")),
                    list(value(values, "founders")),
                    Path.of(value(values, "directory")),
                    Long.parseLong(value(values, "region.bytes")),
                    SurvivalGoal.of(value(values, "survive")),
                    CityLoss.of(value(values, "city.loss")),
                    WriteThroughMode.of(value(values, "write.through")),
                    Duration.ofMillis(Long.parseLong(value(values, "wan.latency.millis"))),
                    DatabaseSettings.parse(
                            value(values, "databases"),
                            value(values, "databases.user"),
                            value(values, "databases.password")),
                    Boolean.parseBoolean(value(values, "halt.on.failure")));
            return settings.withMetricsPort(Integer.parseInt(value(values, "port.metrics")))
                    .withSecurity(security(values))
                    .withBackups(new BackupSettings(
                            Path.of(value(values, "backup.directory")),
                            BackupSettings.period("backup.every", value(values, "backup.every")),
                            BackupSettings.period("backup.increment.every", value(values, "backup.increment.every")),
                            Integer.parseInt(value(values, "backup.keep"))));
        } catch (IOException | IllegalArgumentException notReadable) {
            throw new CannotStart(
                    "settings file " + file + " cannot be used: " + notReadable.getMessage(), notReadable);
        }
    }

    private static @Nullable NodeSecurity security(Properties values) {
        String users = values.getProperty("users");
        String policy = values.getProperty("policy");
        return users == null
                ? null
                : new NodeSecurity(
                        Path.of(users),
                        policy == null ? null : Path.of(policy),
                        Path.of(value(values, "audit.directory")),
                        new GridLogin(value(values, "grid.user"), value(values, "grid.password")));
    }

    private static String value(Properties values, String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static List<String> list(String commas) {
        return Arrays.stream(commas.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
