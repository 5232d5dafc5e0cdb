package io.citygrid.grid.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.City;
import io.citygrid.model.status.NodeReport.Database;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a picture of the cluster is in numbers. */
class TopologyReadingsTest {
    private static final Instant NOW = Instant.parse("2024-05-01T10:00:00Z");

    @Test
    void aClusterThatIsWholeHasNothingToReport() throws IOException {
        String text =
                text(Seen.cluster("ACTIVE", Seen.nodes(true, true), Seen.first(Seen.WELL, Selling.YES, ""), List.of()));

        assertThat(text)
                .contains(
                        "citygrid_cluster_active 1.0",
                        "citygrid_baseline_nodes 3.0",
                        "citygrid_baseline_nodes_online 3.0",
                        "citygrid_fragments{city=\"city 1\",state=\"selling\"} 16.0",
                        "citygrid_fragments{city=\"city 1\",state=\"lost\"} 0.0",
                        "citygrid_fragments_off_city{city=\"city 1\"} 0.0",
                        "citygrid_fragments_short_of_copies{city=\"city 1\"} 0.0",
                        "citygrid_primaries{city=\"city 1\",member=\"karachi-1\"} 16.0",
                        "citygrid_primaries{city=\"city 1\",member=\"karachi-2\"} 0.0",
                        "citygrid_backups{city=\"city 1\",member=\"lahore-1\"} 16.0",
                        "citygrid_outbox_oldest_seconds{city=\"city 1\"} 0.0");
    }

    @Test
    void whatIsNotAsItShouldBeIsCounted() throws IOException {
        String text = text(Seen.cluster(
                "INACTIVE", Seen.nodes(false, true), Seen.first(List.of("lahore-1"), Selling.SHUT, "why"), List.of()));

        assertThat(text)
                .contains(
                        "citygrid_cluster_active 0.0",
                        "citygrid_baseline_nodes_online 2.0",
                        "citygrid_member_online{member=\"karachi-2\"} 0.0",
                        "citygrid_fragments{city=\"city 1\",state=\"shut\"} 1.0",
                        "citygrid_fragments_off_city{city=\"city 1\"} 1.0",
                        "citygrid_fragments_short_of_copies{city=\"city 1\"} 1.0");
    }

    @Test
    void aDatabaseIsAsTheWorstOfItsNodesSeesItAndTheOutboxIsAddedUp() throws IOException {
        Database there = new Database("karachi_db", true, NOW.minusSeconds(900), "");
        Database away = new Database("karachi_db", false, NOW.minusSeconds(30), "refused");
        Database central = new Database("pos_central", true, NOW.minusSeconds(900), "");
        List<NodeReport> reports = List.of(
                new NodeReport("karachi-1", NOW, List.of(new City(1, there, 2, NOW.minusSeconds(5))), central, 3, 4),
                new NodeReport("karachi-2", NOW, List.of(new City(1, away, 5, NOW.minusSeconds(40))), central, 10, 0));

        String text =
                text(Seen.cluster("ACTIVE", Seen.nodes(true, true), Seen.first(Seen.WELL, Selling.YES, ""), reports));

        assertThat(text)
                .contains(
                        "citygrid_database_reachable{database=\"karachi_db\"} 0.0",
                        "citygrid_database_out_of_reach_seconds{database=\"karachi_db\"} 30.0",
                        "citygrid_database_reachable{database=\"pos_central\"} 1.0",
                        "citygrid_outbox_entries{city=\"city 1\"} 7.0",
                        "citygrid_outbox_oldest_seconds{city=\"city 1\"} 40.0",
                        "citygrid_central_orders_waiting 13.0",
                        "citygrid_central_log_rows_waiting 4.0");
    }

    private static String text(Topology topology) throws IOException {
        Readings readings = new Readings();
        new TopologyReadings(topology, city -> "city " + city, NOW).addTo(readings);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register((io.prometheus.metrics.model.registry.MultiCollector) readings::snapshots);
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return out.toString(StandardCharsets.UTF_8);
    }
}
