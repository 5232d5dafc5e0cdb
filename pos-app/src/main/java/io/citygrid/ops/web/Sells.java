package io.citygrid.ops.web;

import com.fasterxml.jackson.annotation.JsonValue;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Node;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.placement.CityLoss;
import java.util.List;
import java.util.Locale;

/** Whether a city's stores can sell. */
enum Sells {
    YES,
    /** Those of some fragments cannot. */
    PART,
    NO;

    private static final String ACTIVE = "ACTIVE";

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the nodes that made {@code topology} would say to a basket of {@code cityId}. */
    static Sells of(int cityId, Topology topology) {
        if (!ACTIVE.equals(topology.state()) || !someoneIsInCharge(cityId, topology)) {
            return NO;
        }
        List<Fragment> fragments = topology.fragments().stream()
                .filter(fragment -> CityFragment.cityOf(fragment.fragment()) == cityId)
                .toList();
        long selling = fragments.stream()
                .filter(fragment -> fragment.selling() == Selling.YES)
                .count();
        if (selling == 0) {
            return NO;
        }
        return selling == fragments.size() ? YES : PART;
    }

    /** The rule of {@link io.citygrid.grid.CityAuthority}, which each node asks for itself, as it looks from outside. */
    static boolean someoneIsInCharge(int cityId, Topology topology) {
        List<Node> expected = topology.nodes().stream().filter(Node::inBaseline).toList();
        List<Node> own = expected.stream()
                .filter(node -> node.cityIds().contains(cityId))
                .toList();
        boolean half = 2 * alive(expected) >= expected.size();
        if (CityLoss.HAND_OVER.setting().equals(topology.choices().cityLoss())) {
            return half;
        }
        if (topology.takenOver().contains(cityId)) {
            return half && alive(expected) > alive(own);
        }
        return 2 * alive(own) > own.size() || half && alive(own) > 0;
    }

    private static long alive(List<Node> nodes) {
        return nodes.stream().filter(Node::alive).count();
    }
}
