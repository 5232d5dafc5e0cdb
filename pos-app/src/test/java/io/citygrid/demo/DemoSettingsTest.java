package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
    @Test
    void twoNodesInEachCityWithPortsThatFollowFromTheFirst() {
        List<NodeSettings> nodes = new DemoSettings(
                        8080, 20800, 5433, false, CityLoss.HAND_OVER, WriteThroughMode.IN_TRANSACTION, Duration.ZERO)
                .nodes(
                        Path.of("data"),
                        SurvivalGoal.BOTH,
                        DatabaseSettings.parse("central=jdbc:postgresql://127.0.0.1/pos_central", "u", "p"));
        assertThat(nodes)
                .extracting(NodeSettings::name)
                .containsExactly("karachi-1", "karachi-2", "lahore-1", "lahore-2");
        assertThat(nodes).extracting(NodeSettings::cityIds).containsExactly(Set.of(1), Set.of(1), Set.of(2), Set.of(2));
        NodeSettings last = nodes.get(3);
        assertThat(List.of(last.thinPort(), last.discoveryPort(), last.communicationPort()))
                .containsExactly(20803, 21803, 22803);
        assertThat(last.peers())
                .containsExactly("127.0.0.1:21800", "127.0.0.1:21801", "127.0.0.1:21802", "127.0.0.1:21803");
        assertThat(last.founders()).hasSize(4);
        assertThat(last.haltOnFailure()).isFalse();
        assertThat(last.directory()).isEqualTo(Path.of("data/nodes/lahore-2"));
    }

    @Test
    void everyTakenPortIsNamedWithTheOptionThatChangesIt() throws IOException {
        int first = FreePorts.row(6);
        DemoSettings settings = new DemoSettings(
                first, first + 1, first + 5, false, CityLoss.HAND_OVER, WriteThroughMode.IN_TRANSACTION, Duration.ZERO);
        InetAddress here = InetAddress.getByName("127.0.0.1");
        try (ServerSocket web = new ServerSocket(first, 1, here);
                ServerSocket node = new ServerSocket(first + 2, 1, here)) {
            assertThatThrownBy(settings::requireFreePorts)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(web.getLocalPort() + " (web app, --port)")
                    .hasMessageContaining(node.getLocalPort() + " (karachi-2, --thin-port)");
        }
    }

    @Test
    void portsThatWouldMeetAreRefused() {
        // Free ones: a demo may be running beside the tests.
        int first = FreePorts.row(5);
        assertThatThrownBy(() -> new DemoSettings(
                                first + 1,
                                first,
                                first + 4,
                                false,
                                CityLoss.HAND_OVER,
                                WriteThroughMode.IN_TRANSACTION,
                                Duration.ZERO)
                        .requireFreePorts())
                .hasMessageContaining((first + 1) + " (karachi-2, --thin-port)");
        assertThatThrownBy(() -> new DemoSettings(
                        80, 10800, 5433, false, CityLoss.HAND_OVER, WriteThroughMode.IN_TRANSACTION, Duration.ZERO))
                .hasMessageContaining("--port 80");
        assertThatThrownBy(() -> new DemoSettings(
                        8080, 32000, 5433, false, CityLoss.HAND_OVER, WriteThroughMode.IN_TRANSACTION, Duration.ZERO))
                .hasMessageContaining("--thin-port 32000");
    }
}
