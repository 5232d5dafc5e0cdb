package io.citygrid.testing;

import io.citygrid.grid.node.NodeSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two cities, each in a network namespace of its own, whose link can be cut: a bridge in the root namespace joins them, and
 * while their ports are isolated it carries packets between each city and this machine, but none between the cities.
 *
 * <p>As a condition it lets tests run where the machine allows that (Linux, root, iproute2); with
 * {@code CITYGRID_REQUIRE_NAMESPACES=true} they run in any case, and fail without.
 */
public final class CityNetwork implements ExecutionCondition, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CityNetwork.class);

    private static final String REQUIRE = "CITYGRID_REQUIRE_NAMESPACES";
    private static final String MISSING =
            "cutting a link needs Linux, root and iproute2 (Debian: apt-get install iproute2).";

    /** What everything that is made is called, so that what a killed run left can be found. */
    private static final String BRIDGE = "cgcut-bridge";

    private static final Map<Integer, String> NAMESPACES = Map.of(Shop.KARACHI, "cgcut-khi", Shop.LAHORE, "cgcut-lhr");

    private static final String SUBNET = "10.219.77.";
    private static final String HOST = SUBNET + "1";
    private static final long COMMAND_SECONDS = 10;

    private final RandomAccessFile lockFile;

    /** The condition. */
    public CityNetwork() {
        this.lockFile = null;
    }

    private CityNetwork(RandomAccessFile lockFile) {
        this.lockFile = lockFile;
    }

    /** Makes the network; one at a time on a machine. */
    public static CityNetwork open() {
        try {
            RandomAccessFile file = new RandomAccessFile(
                    Path.of(System.getProperty("java.io.tmpdir"), "citygrid-network.lock")
                            .toFile(),
                    "rw");
            // Held until this process ends or closes the file, also when it is killed.
            FileLock lock = file.getChannel().lock();
            log.debug("holding {}", lock);
            CityNetwork network = new CityNetwork(file);
            network.clear();
            network.make();
            return network;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void make() {
        run("ip", "link", "add", BRIDGE, "type", "bridge");
        run("ip", "addr", "add", HOST + "/24", "dev", BRIDGE);
        run("ip", "link", "set", BRIDGE, "up");
        NAMESPACES.forEach((city, name) -> {
            run("ip", "netns", "add", name);
            run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
            run("ip", "link", "set", name, "master", BRIDGE, "up");
            run("ip", "-n", name, "addr", "add", host(city) + "/24", "dev", "eth0");
            run("ip", "-n", name, "link", "set", "eth0", "up");
            run("ip", "-n", name, "link", "set", "lo", "up");
        });
    }

    private void clear() {
        NAMESPACES.values().forEach(name -> {
            succeeds("ip", "link", "del", name);
            succeeds("ip", "netns", "del", name);
        });
        succeeds("ip", "link", "del", BRIDGE);
    }

    /** Where this machine listens for both cities. */
    public String host() {
        return HOST;
    }

    private static String host(int cityId) {
        return SUBNET + (1 + cityId);
    }

    /** Cuts the link between the cities; both still reach this machine. */
    public void cut() {
        isolate("on");
    }

    /** Mends the link. */
    public void mend() {
        isolate("off");
    }

    private void isolate(String onOrOff) {
        NAMESPACES.values().forEach(name -> run("bridge", "link", "set", "dev", name, "isolated", onOrOff));
    }

    /** What stands in front of the command line of a program that runs in a city. */
    public List<String> in(int cityId) {
        return List.of("ip", "netns", "exec", NAMESPACES.get(cityId));
    }

    /** The settings of a node of {@code layout} when it runs in its city. */
    public NodeSettings settings(TestGrid.Layout layout, String name) {
        NodeSettings here = layout.settings(name);
        return new NodeSettings(
                        name,
                        here.cityIds(),
                        host(city(layout, name)),
                        here.thinPort(),
                        here.discoveryPort(),
                        here.communicationPort(),
                        TestGrid.NAMES.stream()
                                .map(peer -> host(city(layout, peer)) + ":"
                                        + layout.settings(peer).discoveryPort())
                                .toList(),
                        here.founders(),
                        here.directory(),
                        here.regionBytes(),
                        here.survivalGoal(),
                        here.cityLoss(),
                        here.writeThrough(),
                        here.wanLatency(),
                        here.databases(),
                        true)
                .withSecurity(here.security());
    }

    /** The city of a node. */
    public static int city(TestGrid.Layout layout, String name) {
        return layout.settings(name).cityIds().iterator().next();
    }

    private static void run(String... command) {
        if (!succeeds(command)) {
            throw new IllegalStateException("this failed: " + String.join(" ", command));
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            log.debug("{}: {} {}", command, process.exitValue(), output);
            return process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Boolean.parseBoolean(System.getProperty(REQUIRE, System.getenv().getOrDefault(REQUIRE, "false")))) {
            return ConditionEvaluationResult.enabled("network namespaces are required");
        }
        String probe = "cgcut-" + ProcessHandle.current().pid();
        if (succeeds("ip", "netns", "add", probe)) {
            boolean bridges = succeeds("ip", "link", "add", probe, "type", "bridge");
            Stream.of("link", "netns").forEach(kind -> succeeds("ip", kind, "del", probe));
            if (bridges) {
                return ConditionEvaluationResult.enabled("network namespaces can be made");
            }
        }
        if (context.getTestMethod().isEmpty()) {
            log.warn("Tests of cut links are skipped: {}", MISSING);
        }
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public void close() {
        clear();
        try {
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
