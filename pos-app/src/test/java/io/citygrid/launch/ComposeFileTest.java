package io.citygrid.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the compose file promises an operator, and that every name in it means something. */
class ComposeFileTest {
    /** Read by the program, but no option of it: the login, and the zone of every role. */
    private static final Set<String> NO_OPTIONS =
            Set.of(DatabaseLogin.USER, DatabaseLogin.PASSWORD_FILE, "CITYGRID_BUSINESS_ZONE", "CITYGRID_SUPERVISED");

    private final ComposeFile compose = new ComposeFile();

    @Test
    void aChainOfTwoCitiesIsThere() {
        assertThat(compose.running("node")).containsExactly("karachi-1", "karachi-2", "lahore-1", "lahore-2");
        assertThat(compose.running("app")).containsExactly("pos-karachi", "pos-lahore");
        assertThat(compose.services())
                .containsKeys("postgres-central", "postgres-karachi", "postgres-lahore", "prometheus", "grafana");
    }

    @Test
    void everyServiceIsStartedAgainWatchedAndBounded() {
        compose.services().forEach((name, service) -> {
            assertThat(service).as(name).containsEntry("restart", "unless-stopped");
            assertThat(service).as(name).containsKeys("healthcheck", "logging");
            assertThat(String.valueOf(service.get("deploy"))).as(name).contains("memory=", "cpus=");
        });
    }

    @Test
    void everyImageIsPinned() {
        compose.services().forEach((name, service) -> assertThat(String.valueOf(service.get("image")))
                .as(name)
                .matches("[a-z/-]+:v?[0-9]+\\.[0-9].*"));
    }

    @Test
    void noPasswordIsInTheEnvironment() {
        compose.services().keySet().forEach(service -> compose.environment(service)
                .forEach((variable, value) -> {
                    if (variable.contains("PASSWORD")) {
                        assertThat(variable).as(service).endsWith("_FILE");
                        assertThat(value).as(service).startsWith("/run/secrets/");
                        assertThat(compose.declared("secrets")).contains(value.substring("/run/secrets/".length()));
                    }
                }));
    }

    @Test
    void everyVariableIsOneThatTheProgramReads() {
        for (String role : List.of("node", "app")) {
            Set<String> known = options(role);
            known.addAll(NO_OPTIONS);
            for (String service : compose.running(role)) {
                assertThat(compose.environment(service).keySet().stream()
                                .filter(variable -> variable.startsWith("CITYGRID_")))
                        .as(service)
                        .isSubsetOf(known);
            }
        }
    }

    private static Set<String> options(String role) {
        CommandLine line = new CommandLine(role.equals("node") ? new NodeCommand() : new AppCommand());
        return line.getCommandSpec().options().stream()
                .map(option -> Environment.variable(option.longestName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyNetworkAndVolumeIsDeclaredAndCitiesAreApart() {
        compose.services().forEach((name, service) -> {
            assertThat(compose.declared("networks"))
                    .as(name)
                    .containsAll(compose.names(name).keySet());
            assertThat(service.get("volumes")).as(name).isInstanceOf(List.class);
            for (Object volume : (List<?>) service.get("volumes")) {
                String source = String.valueOf(volume).split(":", 2)[0];
                assertThat(source.startsWith("./")
                                || compose.declared("volumes").contains(source))
                        .as("%s of %s", volume, name)
                        .isTrue();
            }
        });
        compose.running("node").forEach(node -> {
            String city = compose.environment(node).get("CITYGRID_CITY");
            assertThat(compose.names(node).keySet()).as(node).containsExactlyInAnyOrder(city, "between");
        });
    }

    @Test
    void everyAddressIsAServiceInANetworkOfBoth() {
        List<String> users = new ArrayList<>(compose.running("node"));
        users.addAll(compose.running("app"));
        for (String user : users) {
            Set<String> reachable = compose.services().keySet().stream()
                    .flatMap(service -> compose.names(service).entrySet().stream())
                    .filter(network -> compose.names(user).containsKey(network.getKey()))
                    .flatMap(network -> network.getValue().stream())
                    .collect(Collectors.toSet());
            Map<String, String> environment = compose.environment(user);
            assertThat(addresses(environment)).as(user).isNotEmpty().allSatisfy(address -> assertThat(reachable)
                    .contains(address));
        }
    }

    /** Host names in lists of addresses and in JDBC URLs. */
    private static List<String> addresses(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> Set.of("CITYGRID_PEERS", "CITYGRID_GRID", "CITYGRID_DATABASES")
                        .contains(variable.getKey()))
                .flatMap(variable -> List.of(variable.getValue().split(",")).stream())
                .map(address -> address.replaceFirst(".*//", "").replaceFirst(":.*", ""))
                .toList();
    }
}
