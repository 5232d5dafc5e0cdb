package io.citygrid.grid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
    private static final DatabaseSettings DATABASES =
            new DatabaseSettings(Map.of(0, "jdbc:postgresql://localhost/pos_central"), "pos", "secret");

    @ParameterizedTest
    @ValueSource(strings = {"karachi-1", "K", "9", "khi.rack_2-a"})
    void aNameIsWhatAFolderCanBeCalled(String name) {
        assertThat(named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-karachi", ".", "..", "a/b", "a b", "کراچی", "a\n"})
    void anyOtherNameIsRefused(String name) {
        assertThatThrownBy(() -> named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node name");
    }

    @Test
    void aNameHasAtMost63Characters() {
        assertThat(named("n".repeat(63)).name()).hasSize(63);
        assertThatThrownBy(() -> named("n".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNodeServesACity() {
        assertThatThrownBy(() -> settings("n", Set.of(), 10800, 21000, 22000, 64L << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--city");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 80, 1023, 32768, 65536})
    void everyPortLiesBelowTheEphemeralOnes(int port) {
        for (int[] ports : new int[][] {{port, 21000, 22000}, {10800, port, 22000}, {10800, 21000, port}}) {
            assertThatThrownBy(() -> settings("n", Set.of(1), ports[0], ports[1], ports[2], 64L << 20))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("port " + port + " must lie between 1024 and 32767");
        }
    }

    @Test
    void aRegionHasAtLeast64Mebibytes() {
        assertThatThrownBy(() -> settings("n", Set.of(1), 10800, 21000, 22000, (64L << 20) - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 MiB");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_001})
    void aNetworkBetweenCitiesTakesASecondAtMost(long millis) {
        assertThatThrownBy(() -> settings("n", Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--wan-latency " + millis, "0 to 1000 ms");
    }

    @Test
    void listsCannotBeChangedLater() {
        List<String> peers = new ArrayList<>(List.of("localhost:21000"));
        NodeSettings settings = new NodeSettings(
                "n",
                Set.of(1),
                "localhost",
                10800,
                21000,
                22000,
                peers,
                peers,
                Path.of("data"),
                64L << 20,
                SurvivalGoal.NODE,
                CityLoss.HAND_OVER,
                WriteThroughMode.QUEUED,
                Duration.ZERO,
                DATABASES,
                false);
        peers.clear();

        assertThat(settings.peers()).containsExactly("localhost:21000");
        assertThat(settings.founders()).containsExactly("localhost:21000");
    }

    @Test
    void addressesNameHostAndPort() {
        assertThat(named("n").thinAddress()).isEqualTo("localhost:10800");
        assertThat(named("n").discoveryAddress()).isEqualTo("localhost:21000");
    }

    @Test
    void citiesAreWrittenInOrder() {
        assertThat(settings("n", Set.of(10, 2, 1), 10800, 21000, 22000, 64L << 20)
                        .placeholders())
                .containsEntry("citygrid.node.cities", "1,2,10");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(named("n")).asString().doesNotContain("secret");
    }

    private static NodeSettings named(String name) {
        return settings(name, Set.of(1), 10800, 21000, 22000, 64L << 20);
    }

    private static NodeSettings settings(String name, Duration wanLatency) {
        return settings(name, Set.of(1), 10800, 21000, 22000, 64L << 20, wanLatency);
    }

    private static NodeSettings settings(
            String name, Set<Integer> cities, int thin, int discovery, int communication, long regionBytes) {
        return settings(name, cities, thin, discovery, communication, regionBytes, Duration.ZERO);
    }

    private static NodeSettings settings(
            String name,
            Set<Integer> cities,
            int thin,
            int discovery,
            int communication,
            long regionBytes,
            Duration wanLatency) {
        return new NodeSettings(
                name,
                cities,
                "localhost",
                thin,
                discovery,
                communication,
                List.of(),
                List.of(),
                Path.of("data"),
                regionBytes,
                SurvivalGoal.BOTH,
                CityLoss.HAND_OVER,
                WriteThroughMode.QUEUED,
                wanLatency,
                DATABASES,
                false);
    }
}
