package io.citygrid.launch;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets the environment set every option of a role that the command line leaves out, as container engines and service managers
 * configure programs: {@code --thin-port} is {@code CITYGRID_THIN_PORT}. A variable that is set to nothing is not set.
 */
public final class Environment implements IDefaultValueProvider {
    private static final String PREFIX = "CITYGRID_";

    /** Not by the rule, because a plain name would say too little among other variables. */
    private static final Map<String, String> OWN_NAMES = Map.of("--name", "CITYGRID_NODE_NAME");

    private final Map<String, String> environment;

    private Environment(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Makes {@code role} take options from {@code environment}, and say so in its help. */
    public static void sets(CommandLine role, Map<String, String> environment) {
        role.setDefaultValueProvider(new Environment(environment));
        role.getCommandSpec()
                .usageMessage()
                .footerHeading("%nOptions that are left out come from the environment:%n")
                .footer(role.getCommandSpec().options().stream()
                        .filter(Environment::concerns)
                        .map(option -> "  %-24s %s".formatted(option.longestName(), variable(option.longestName())))
                        .collect(Collectors.joining("%n", "", "%n")));
    }

    /** The variable that sets {@code option}, such as {@code --city}. */
    static String variable(String option) {
        return OWN_NAMES.getOrDefault(
                option, PREFIX + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !concerns(option)) {
            return null;
        }
        String value = environment.get(variable(option.longestName()));
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static boolean concerns(OptionSpec option) {
        return !option.usageHelp()
                && !option.versionHelp()
                && !option.longestName().equals(NodeCommand.SETTINGS);
    }
}
