package io.citygrid.ops.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.grid.topology.Topology;
import io.citygrid.model.CityFragment;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The grid as {@code GET /api/grid} shows it. */
record GridView(
        String survivalGoal,
        String writeThrough,
        String cityLoss,
        String clusterState,
        long topologyVersion,
        List<NodeView> nodes,
        CentralView central,
        List<CityView> cities,
        List<FragmentView> fragments) {
    /**
     * A data node.
     *
     * @param cities ids of the cities it is the home of
     * @param address {@code host:port} for thin clients
     * @param lastReport when it last said how it is, by its own clock; missing if that is too long ago to count
     */
    record NodeView(
            String name,
            List<Integer> cities,
            boolean alive,
            boolean inBaseline,
            String address,
            @Nullable Instant lastReport) {}

    /**
     * A city and how its fragments lie.
     *
     * @param fragmentsOffCity fragments whose primary is on a node of another city
     * @param fragmentsWithoutNode fragments that no living node holds
     * @param someoneInCharge whether there are nodes that may sell for it
     * @param takenOver whether an operator has let other cities sell for it
     */
    record CityView(
            int id,
            String name,
            Sells sells,
            boolean someoneInCharge,
            Map<String, Integer> primariesByNode,
            Map<String, Integer> backupsByNode,
            int fragmentsOffCity,
            int fragmentsWithoutNode,
            DatabaseView database,
            OutboxView outbox,
            boolean takenOver) {}

    /**
     * A fragment and the nodes that hold it; no primary means that no living node does.
     *
     * @param backups those that are whole
     * @param moving nodes whose copy is still being filled
     * @param selling {@code yes}, {@code soon}, {@code shut} or {@code lost}
     * @param message why its stores do not sell, as far as that is known
     */
    record FragmentView(
            int fragment,
            int cityId,
            int slot,
            @Nullable String primary,
            List<String> backups,
            List<String> moving,
            String selling,
            String message) {}

    /** All of it in plain words. */
    @JsonProperty
    Headline headline() {
        return Headline.of(this);
    }

    /** @param names of cities, as far as they are known */
    static GridView of(Topology topology, Map<Integer, CityEntry> names) {
        List<FragmentView> fragments =
                topology.fragments().stream().map(GridView::fragment).toList();
        Reported reported = new Reported(topology.reports());
        return new GridView(
                topology.choices().survivalGoal(),
                topology.choices().writeThrough(),
                topology.choices().cityLoss(),
                topology.state(),
                topology.version(),
                topology.nodes().stream()
                        .map(node -> new NodeView(
                                node.name(),
                                node.cityIds(),
                                node.alive(),
                                node.inBaseline(),
                                node.thinAddress(),
                                reported.last(node.name())))
                        .toList(),
                reported.central(),
                cityIds(topology).stream()
                        .map(id -> city(id, names.get(id), topology, fragments, reported))
                        .toList(),
                fragments);
    }

    /** The cities that the picture is about. */
    static Set<Integer> cityIds(Topology topology) {
        Set<Integer> ids = new TreeSet<>();
        topology.nodes().forEach(node -> ids.addAll(node.cityIds()));
        topology.fragments().forEach(fragment -> ids.add(CityFragment.cityOf(fragment.fragment())));
        return ids;
    }

    private static FragmentView fragment(Topology.Fragment fragment) {
        List<String> owners = fragment.owners();
        return new FragmentView(
                fragment.fragment(),
                CityFragment.cityOf(fragment.fragment()),
                fragment.fragment() % CityFragment.SLOTS,
                owners.isEmpty() ? null : owners.get(0),
                owners.stream()
                        .skip(1)
                        .filter(owner -> !fragment.moving().contains(owner))
                        .toList(),
                fragment.moving(),
                fragment.selling().name().toLowerCase(Locale.ROOT),
                fragment.message());
    }

    private static CityView city(
            int id, @Nullable CityEntry entry, Topology topology, List<FragmentView> fragments, Reported reported) {
        Set<String> ownNodes = new HashSet<>();
        for (Topology.Node node : topology.nodes()) {
            if (node.cityIds().contains(id)) {
                ownNodes.add(node.name());
            }
        }
        Map<String, Integer> primaries = new TreeMap<>();
        Map<String, Integer> backups = new TreeMap<>();
        int offCity = 0;
        int withoutNode = 0;
        for (FragmentView fragment : fragments) {
            if (fragment.cityId() != id) {
                continue;
            }
            String primary = fragment.primary();
            if (primary == null) {
                withoutNode++;
                continue;
            }
            primaries.merge(primary, 1, Integer::sum);
            offCity += ownNodes.contains(primary) ? 0 : 1;
            fragment.backups().forEach(backup -> backups.merge(backup, 1, Integer::sum));
        }
        String name = entry == null ? "City " + id : entry.name();
        return new CityView(
                id,
                name,
                Sells.of(id, topology),
                Sells.someoneIsInCharge(id, topology),
                primaries,
                backups,
                offCity,
                withoutNode,
                reported.database(id),
                reported.outbox(id),
                topology.takenOver().contains(id));
    }
}
