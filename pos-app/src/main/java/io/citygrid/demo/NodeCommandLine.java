package io.citygrid.demo;

import io.citygrid.launch.BusinessZone;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a node's own process: the same Java and the same program as this one. */
final class NodeCommandLine {
    /** Quick to start and small: a demo's nodes share a machine. */
    static final List<String> SMALL = List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-Xss512k");

    /** By name, because the program knows its demo and not the other way round. */
    private static final String MAIN_CLASS = "io.citygrid.PosApplication";

    private NodeCommandLine() {}

    /** @param memory options of the JVM for its heap and its collector */
    static List<String> of(Path settings, Path temporary, List<String> memory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory);
        command.addAll(List.of("-XX:-UsePerfData", "-Djava.net.preferIPv4Stack=true"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add(BusinessZone.asOption());
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            // The runnable jar opens in its manifest what Ignite reaches into.
            command.addAll(List.of("-jar", classPath));
        } else {
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--add-opens"))
                    .forEach(command::add);
            command.addAll(List.of("-cp", classPath, MAIN_CLASS));
        }
        command.addAll(List.of("node", "--settings", settings.toString()));
        return command;
    }
}
