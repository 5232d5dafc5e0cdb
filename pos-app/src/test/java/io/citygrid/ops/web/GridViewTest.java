package io.citygrid.ops.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Node;
import io.citygrid.ops.web.GridView.CityView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The picture of the grid counts what operators look for: primaries at home, away and nowhere. */
class GridViewTest {
    private static final Topology TOPOLOGY = new Topology(
            "both",
            "ACTIVE",
            7,
            List.of(
                    new Node("karachi-1", List.of(1), "127.0.0.1:10800", true, true),
                    new Node("lahore-1", List.of(2), "127.0.0.1:10802", true, true),
                    new Node("lahore-2", List.of(2), "127.0.0.1:10803", false, true)),
            List.of(
                    new Fragment(16, List.of("karachi-1", "lahore-1")),
                    new Fragment(17, List.of("lahore-1", "karachi-1")),
                    new Fragment(18, List.of()),
                    new Fragment(33, List.of("lahore-1"))));

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
    }

    @Test
    void aCityWithNodesButNoRowIsShownByItsId() {
        CityView lahore = view.cities().get(1);

        assertThat(lahore.name()).isEqualTo("City 2");
        assertThat(lahore.fragmentsOffCity()).isZero();
    }

    @Test
    void nodesThatAreAwayStayInThePicture() {
        assertThat(view.nodes()).extracting("name").containsExactly("karachi-1", "lahore-1", "lahore-2");
        assertThat(view.nodes()).extracting("alive").containsExactly(true, true, false);
    }
}
