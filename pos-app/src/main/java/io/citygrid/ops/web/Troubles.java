package io.citygrid.ops.web;

import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.ops.web.GridView.CityView;
import io.citygrid.ops.web.GridView.FragmentView;
import io.citygrid.ops.web.GridView.NodeView;
import io.citygrid.placement.CityLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong in a picture of the grid, in sentences that say what to do. */
final class Troubles {
    /** More would bury the first. */
    /** In what a grid says that is closed as a whole. */
    private static final String CLOSED = "the grid ";

    private static final int SHUT_SAID_MAX = 3;

    private final GridView view;
    private final List<String> said = new ArrayList<>();

    Troubles(GridView view) {
        this.view = view;
    }

    /** What keeps stores from selling first, then what could become worse, then what passes by itself. */
    List<String> worstFirst() {
        if (!"ACTIVE".equals(view.clusterState())) {
            clusterIsNotActive();
            return said;
        }
        if (tooFewNodes()) {
            return said;
        }
        if (gridIsClosed()) {
            return said;
        }
        view.cities().forEach(this::cityIsLeftToItsNodes);
        view.cities().forEach(this::fragmentsAreLost);
        view.cities().forEach(this::fragmentsAreShut);
        view.cities().forEach(this::fragmentsAreCompared);
        nodesAreGone();
        view.cities().forEach(this::cityIsTakenOver);
        new DatabaseTroubles(view).sayTo(said);
        nodesHoldNothing();
        nodesAreSilent();
        view.cities().forEach(this::copiesMove);
        return said;
    }

    private List<NodeView> expected() {
        return view.nodes().stream().filter(NodeView::inBaseline).toList();
    }

    private List<String> gone() {
        return expected().stream()
                .filter(node -> !node.alive())
                .map(NodeView::name)
                .toList();
    }

    private List<String> gone(CityView city) {
        return expected().stream()
                .filter(node -> !node.alive() && node.cities().contains(city.id()))
                .map(NodeView::name)
                .toList();
    }

    private void clusterIsNotActive() {
        List<String> gone = gone();
        if (expected().isEmpty()) {
            said.add("The cluster never ran and waits for its founders: start the nodes that --founders names.");
        } else if (gone.isEmpty()) {
            said.add("The cluster is "
                    + view.clusterState().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + " though all its nodes are here: run ./pos ops --set-state ACTIVE --yes.");
        } else {
            said.add("The cluster waits for " + Words.list(gone) + ": start " + Words.of(gone.size(), "it", "them")
                    + ", or, if " + Words.of(gone.size(), "it is", "they are")
                    + " gone for good, run ./pos ops --set-state ACTIVE --yes.");
        }
    }

    /** By the rule of {@link io.citygrid.grid.CityAuthority}. */
    private boolean tooFewNodes() {
        int expected = expected().size();
        int here = expected - gone().size();
        if (2 * here >= expected || !handOver()) {
            return false;
        }
        said.add("Only " + here + " of " + expected + " nodes " + Words.of(here, "is", "are")
                + " here, and without half of them nobody may sell: start " + Words.list(gone()) + ".");
        return true;
    }

    /** While a backup is brought back all fragments say the same. */
    private boolean gridIsClosed() {
        List<String> messages =
                view.fragments().stream().map(FragmentView::message).distinct().toList();
        if (messages.size() != 1 || !messages.get(0).contains(CLOSED)) {
            return false;
        }
        String message = messages.get(0);
        said.add("No store sells: " + message + ".");
        return true;
    }

    private boolean handOver() {
        return CityLoss.HAND_OVER.setting().equals(view.cityLoss());
    }

    private void cityIsLeftToItsNodes(CityView city) {
        List<String> gone = gone(city);
        if (!handOver() && !city.takenOver() && !gone.isEmpty() && !city.someoneInCharge()) {
            said.add(Words.list(gone) + Words.of(gone.size(), " is", " are") + " gone, and " + city.name()
                    + " is left to its own nodes: start them, or let other cities sell for it with ./pos ops takeover --city "
                    + city.name().toLowerCase(Locale.ROOT) + ".");
        }
    }

    private void fragmentsAreLost(CityView city) {
        int lost = selling(city, Selling.LOST).size();
        List<String> gone = gone(city);
        if (lost > 0) {
            said.add(Words.count(lost, "fragment") + " of " + city.name() + Words.of(lost, " has", " have")
                    + " no living copy: start " + (gone.isEmpty() ? "the nodes that are gone" : Words.list(gone))
                    + "; if that does not help, stop all nodes and start them again. Do not reset lost partitions.");
        }
    }

    private void fragmentsAreShut(CityView city) {
        List<FragmentView> shut = selling(city, Selling.SHUT);
        shut.stream()
                .limit(SHUT_SAID_MAX)
                .forEach(fragment -> said.add("Slot " + fragment.slot() + " of " + city.name()
                        + " is shut until a person has settled it: " + fragment.message() + "."));
        if (shut.size() > SHUT_SAID_MAX) {
            said.add(Words.count(shut.size() - SHUT_SAID_MAX, "further slot") + " of " + city.name()
                    + " shut: see the log of the nodes that hold them.");
        }
    }

    private void fragmentsAreCompared(CityView city) {
        int soon = selling(city, Selling.SOON).size();
        if (soon > 0) {
            said.add(Words.count(soon, "fragment") + " of " + city.name() + Words.of(soon, " is", " are")
                    + " being compared with PostgreSQL and " + Words.of(soon, "opens", "open")
                    + " when that is done: nothing to do but wait.");
        }
    }

    private List<FragmentView> selling(CityView city, Selling which) {
        String text = which.name().toLowerCase(Locale.ROOT);
        return view.fragments().stream()
                .filter(fragment ->
                        fragment.cityId() == city.id() && fragment.selling().equals(text))
                .toList();
    }

    /** Nodes of the same cities in one sentence, with who sells for them meanwhile; those of cities that cannot sell were named. */
    private void nodesAreGone() {
        Map<List<Integer>, List<String>> byCities = new LinkedHashMap<>();
        for (NodeView node : expected()) {
            if (!node.alive()) {
                byCities.computeIfAbsent(node.cities(), cities -> new ArrayList<>())
                        .add(node.name());
            }
        }
        byCities.forEach((cities, names) -> {
            List<CityView> homes = view.cities().stream()
                    .filter(city -> cities.contains(city.id()) && city.sells() != Sells.NO)
                    .toList();
            if (!homes.isEmpty()) {
                said.add(gone(homes, names));
            }
        });
    }

    private String gone(List<CityView> homes, List<String> names) {
        List<String> sellers = homes.stream()
                .flatMap(city -> city.primariesByNode().keySet().stream())
                .filter(seller -> !names.contains(seller))
                .distinct()
                .sorted()
                .toList();
        boolean one = names.size() == 1;
        String whose = one
                ? "its fragments"
                : "the fragments of "
                        + Words.list(homes.stream().map(CityView::name).toList());
        return Words.list(names) + (one ? " is" : " are") + " gone: "
                + (sellers.isEmpty() ? "" : whose + " are sold by " + Words.list(sellers) + "; ")
                + "start " + (one ? "it" : "them") + " again" + withoutSecondCopy(homes) + ".";
    }

    private String withoutSecondCopy(List<CityView> homes) {
        List<Integer> ids = homes.stream().map(CityView::id).toList();
        long single = view.fragments().stream()
                .filter(fragment -> ids.contains(fragment.cityId())
                        && fragment.primary() != null
                        && fragment.backups().isEmpty())
                .count();
        return single == 0
                ? ""
                : ", and let no other node go before, since " + Words.count(single, "fragment")
                        + (single == 1 ? " has" : " have") + " no second copy";
    }

    private void cityIsTakenOver(CityView city) {
        boolean back = expected().stream()
                .anyMatch(node -> node.alive() && node.cities().contains(city.id()));
        if (city.takenOver() && back) {
            said.add(city.name() + " is sold for by other cities though nodes of its own are back: give it back with "
                    + "./pos ops takeover --city " + city.name().toLowerCase(Locale.ROOT) + " --undo.");
        }
    }

    private void nodesHoldNothing() {
        List<String> idle = view.nodes().stream()
                .filter(node -> node.alive() && !node.inBaseline())
                .map(NodeView::name)
                .toList();
        if (!idle.isEmpty()) {
            said.add(Words.list(idle) + Words.of(idle.size(), " holds", " hold")
                    + " no data: if that stays so, the log says what was set differently from the other nodes.");
        }
    }

    private void nodesAreSilent() {
        List<String> silent = expected().stream()
                .filter(node -> node.alive() && node.lastReport() == null)
                .map(NodeView::name)
                .toList();
        if (!silent.isEmpty()) {
            said.add(Words.list(silent) + Words.of(silent.size(), " has", " have")
                    + " not reported lately: if that stays so, look at the log and start "
                    + Words.of(silent.size(), "it", "them") + " again.");
        }
    }

    /** While nodes are gone their copies are where they have to be meanwhile. */
    private void copiesMove(CityView city) {
        List<FragmentView> moving = view.fragments().stream()
                .filter(fragment ->
                        fragment.cityId() == city.id() && !fragment.moving().isEmpty())
                .toList();
        if (!moving.isEmpty()) {
            List<String> to = moving.stream()
                    .flatMap(fragment -> fragment.moving().stream())
                    .distinct()
                    .sorted()
                    .toList();
            said.add("Copies of " + Words.count(moving.size(), "fragment") + " of " + city.name() + " are moving to "
                    + Words.list(to) + ": nothing to do but wait, and let no other node go meanwhile.");
        } else if (city.fragmentsOffCity() > 0 && gone(city).isEmpty() && homeHasNodes(city)) {
            said.add(Words.count(city.fragmentsOffCity(), "fragment") + " of " + city.name() + " "
                    + Words.of(city.fragmentsOffCity(), "is", "are")
                    + " still sold by nodes of other cities: nothing to do but wait.");
        }
    }

    private boolean homeHasNodes(CityView city) {
        return view.nodes().stream().anyMatch(node -> node.cities().contains(city.id()));
    }
}
