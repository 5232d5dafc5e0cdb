package io.citygrid.ops.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Choices;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Node;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.City;
import io.citygrid.model.status.NodeReport.Database;
import io.citygrid.ops.web.GridView.CityView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The picture of the grid counts what operators look for: primaries at home, away and nowhere. */
class GridViewTest {
    private static final Topology TOPOLOGY = new Topology(
            new Choices("both", "after-commit", "keep-selling"),
            "ACTIVE",
            7,
            List.of(
                    new Node("karachi-1", List.of(1), "127.0.0.1:10800", true, true),
                    new Node("lahore-1", List.of(2), "127.0.0.1:10802", true, true),
                    new Node("lahore-2", List.of(2), "127.0.0.1:10803", false, true)),
            List.of(
                    new Fragment(16, List.of("karachi-1", "lahore-1"), List.of(), Selling.YES, ""),
                    new Fragment(17, List.of("lahore-1", "karachi-1"), List.of(), Selling.YES, ""),
                    new Fragment(18, List.of(), List.of(), Selling.LOST, ""),
                    new Fragment(33, List.of("lahore-1", "lahore-2"), List.of("lahore-2"), Selling.YES, "")),
            List.of(
                    report("karachi-1", new City(1, up("karachi_db", 10), 3, at(20)), down("pos_central", 40), 5, 1),
                    report("lahore-1", new City(1, up("karachi_db", 15), 4, at(18)), down("pos_central", 30), 0, 0)),
            List.of(1));

    private static NodeReport report(String node, City city, Database central, long orders, long log) {
        return new NodeReport(node, at(60), List.of(city), central, orders, log);
    }

    private static Database up(String name, int second) {
        return new Database(name, true, at(second), "");
    }

    private static Database down(String name, int second) {
        return new Database(name, false, at(second), "refused at " + second);
    }

    private static Instant at(int second) {
        return Instant.parse("2026-01-02T03:04:00Z").plusSeconds(second);
    }

    private final GridView view = GridView.of(TOPOLOGY, Map.of(1, new CityEntry(1, "Karachi")));

    @Test
    void fragmentsKnowTheirCitySlotAndNodes() {
        assertThat(view.fragments()).extracting("cityId").containsExactly(1, 1, 1, 2);
        assertThat(view.fragments()).extracting("slot").containsExactly(0, 1, 2, 1);
        assertThat(view.fragments()).extracting("primary").containsExactly("karachi-1", "lahore-1", null, "lahore-1");
        assertThat(view.fragments().get(1).backups()).containsExactly("karachi-1");
    }

    @Test
    void aCityCountsItsFragmentsByNode() {
        CityView karachi = view.cities().get(0);

        assertThat(karachi.name()).isEqualTo("Karachi");
        assertThat(karachi.primariesByNode()).isEqualTo(Map.of("karachi-1", 1, "lahore-1", 1));
        assertThat(karachi.backupsByNode()).isEqualTo(Map.of("karachi-1", 1, "lahore-1", 1));
        assertThat(karachi.fragmentsOffCity()).isEqualTo(1);
        assertThat(karachi.fragmentsWithoutNode()).isEqualTo(1);
        assertThat(karachi.takenOver()).isTrue();
    }

    @Test
    void aCityWithNodesButNoRowIsShownByItsId() {
        CityView lahore = view.cities().get(1);

        assertThat(lahore.name()).isEqualTo("City 2");
        assertThat(lahore.fragmentsOffCity()).isZero();
        assertThat(lahore.takenOver()).isFalse();
    }

    @Test
    void nodesThatAreAwayStayInThePicture() {
        assertThat(view.nodes()).extracting("name").containsExactly("karachi-1", "lahore-1", "lahore-2");
        assertThat(view.nodes()).extracting("alive").containsExactly(true, true, false);
    }

    @Test
    void whatTheClusterWasStartedWithIsShown() {
        assertThat(view.survivalGoal()).isEqualTo("both");
        assertThat(view.writeThrough()).isEqualTo("after-commit");
        assertThat(view.cityLoss()).isEqualTo("keep-selling");
    }

    @Test
    void aCityAddsUpWhatItsPrimariesReport() {
        CityView karachi = view.cities().get(0);

        assertThat(karachi.database()).isEqualTo(new DatabaseView("karachi_db", true, at(15), null));
        assertThat(karachi.outbox()).isEqualTo(new OutboxView(7, at(18)));
    }

    @Test
    void aCityOfWhichNobodyReportsIsUnknownAndNotWell() {
        CityView lahore = view.cities().get(1);

        assertThat(lahore.database().reachable()).isNull();
        assertThat(lahore.outbox()).isEqualTo(new OutboxView(0, null));
    }

    @Test
    void theCentralDatabaseIsLostSinceTheFirstNodeLostIt() {
        assertThat(view.central()).isEqualTo(new CentralView("pos_central", false, at(30), "refused at 30", 5, 1));
    }
}
