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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the line at the top of the grid page says, for what somebody can be woken up by. */
class HeadlineTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");
    private static final List<String> ALL = List.of("karachi-1", "karachi-2", "lahore-1", "lahore-2");

    private final Set<String> gone = new TreeSet<>();
    private final Set<String> lostDatabases = new TreeSet<>();
    private final Set<Integer> takenOver = new TreeSet<>();
    private final List<Fragment> fragments = new ArrayList<>(List.of(
            fragment(16, "karachi-1", "lahore-1"),
            fragment(17, "karachi-2", "lahore-2"),
            fragment(32, "lahore-1", "karachi-1"),
            fragment(33, "lahore-2", "karachi-2")));
    private String state = "ACTIVE";
    private String cityLoss = "hand-over";
    private @Nullable Instant oldestQueued;

    private static Fragment fragment(int fragment, String... owners) {
        return new Fragment(fragment, List.of(owners), List.of(), Selling.YES, "");
    }

    private Headline headline() {
        List<Node> nodes = ALL.stream()
                .map(name -> new Node(
                        name, List.of(name.startsWith("k") ? 1 : 2), name + ":10800", !gone.contains(name), true))
                .toList();
        List<NodeReport> reports = ALL.stream()
                .filter(name -> !gone.contains(name))
                .map(this::report)
                .toList();
        Topology topology = new Topology(
                new Choices("both", "in-transaction", cityLoss),
                state,
                7,
                nodes,
                fragments,
                reports,
                List.copyOf(takenOver));
        return GridView.of(topology, Map.of(1, new CityEntry(1, "Karachi"), 2, new CityEntry(2, "Lahore")))
                .headline();
    }

    private NodeReport report(String node) {
        boolean karachi = node.startsWith("k");
        City city = new City(karachi ? 1 : 2, database(karachi ? "karachi_db" : "lahore_db"), 2, oldestQueued);
        return new NodeReport(node, NOW, List.of(city), database("pos_central"), 0, 0);
    }

    private Database database(String name) {
        boolean reachable = !lostDatabases.contains(name);
        return new Database(name, reachable, NOW, reachable ? "" : "refused");
    }

    private void says(String kind, String text) {
        Headline headline = headline();
        assertThat(headline.text()).isEqualTo(text);
        assertThat(headline.kind()).isEqualTo(kind);
    }

    @Test
    void nothingToDo() {
        says("good", "Every city sells. Nothing to do.");
        assertThat(headline().further()).isEmpty();
    }

    @Test
    void aNodeIsGone() {
        gone.add("karachi-1");
        fragments.set(0, fragment(16, "karachi-2", "lahore-1"));
        says("warn", "Every city sells. karachi-1 is gone: its fragments are sold by karachi-2; start it again.");
    }

    @Test
    void aCityIsGoneAndOthersSellForIt() {
        gone.addAll(List.of("karachi-1", "karachi-2"));
        fragments.set(0, fragment(16, "lahore-1"));
        fragments.set(1, fragment(17, "lahore-2"));
        says(
                "warn",
                "Every city sells. karachi-1 and karachi-2 are gone: the fragments of Karachi are sold by lahore-1 and "
                        + "lahore-2; start them again, and let no other node go before, since 2 fragments have no second "
                        + "copy.");
    }

    @Test
    void aCityIsGoneAndWasLeftToItsNodes() {
        cityLoss = "keep-selling";
        gone.addAll(List.of("karachi-1", "karachi-2"));
        says(
                "bad",
                "Karachi cannot sell. Lahore sells. karachi-1 and karachi-2 are gone, and Karachi is left to its own nodes: "
                        + "start them, or let other cities sell for it with ./pos ops takeover --city karachi.");
    }

    @Test
    void aCityThatWasTakenOverIsSoldForAndThenGivenBack() {
        cityLoss = "keep-selling";
        takenOver.add(1);
        gone.addAll(List.of("karachi-1", "karachi-2"));
        assertThat(headline().text()).startsWith("Every city sells. karachi-1 and karachi-2 are gone");
        gone.clear();
        says(
                "warn",
                "Every city sells. Karachi is sold for by other cities though nodes of its own are back: give it back with "
                        + "./pos ops takeover --city karachi --undo.");
    }

    @Test
    void tooFewNodesAreHere() {
        gone.addAll(List.of("karachi-1", "karachi-2", "lahore-1"));
        says(
                "bad",
                "No city can sell. Only 1 of 4 nodes is here, and without half of them nobody may sell: start karachi-1, "
                        + "karachi-2 and lahore-1.");
    }

    @Test
    void theClusterWaitsForANode() {
        state = "INACTIVE";
        fragments.clear();
        gone.add("karachi-1");
        says(
                "bad",
                "No city can sell. The cluster waits for karachi-1: start it, or, if it is gone for good, run "
                        + "./pos ops --set-state ACTIVE --yes.");
    }

    @Test
    void storesOfLostFragmentsCannotSellAndTheNodesAreNamed() {
        gone.addAll(List.of("karachi-1", "lahore-2"));
        fragments.set(0, new Fragment(16, List.of(), List.of(), Selling.LOST, ""));
        says(
                "bad",
                "Some stores of Karachi cannot sell. Lahore sells. 1 fragment of Karachi has no living copy: start "
                        + "karachi-1; if that does not help, stop all nodes and start them again. Do not reset lost partitions.");
        assertThat(headline().further()).hasSize(2).first().asString().startsWith("karachi-1 is gone");
    }

    @Test
    void aShutFragmentIsForAPersonAndAComparedOneOpensByItself() {
        fragments.set(0, new Fragment(16, List.of("karachi-1"), List.of(), Selling.SHUT, "order 7 differs"));
        fragments.set(3, new Fragment(33, List.of("lahore-2"), List.of(), Selling.SOON, ""));
        says(
                "bad",
                "Some stores of Karachi and Lahore cannot sell. Slot 0 of Karachi is shut until a person has settled it: "
                        + "order 7 differs.");
        assertThat(headline().further())
                .containsExactly("1 fragment of Lahore is being compared with PostgreSQL and opens when that is done: "
                        + "nothing to do but wait.");
    }

    @Test
    void databasesStopNoSale() {
        lostDatabases.add("pos_central");
        says(
                "warn",
                "Every city sells. pos_central is out of reach: head office hears of new orders when it is back; start that "
                        + "PostgreSQL.");
        lostDatabases.add("karachi_db");
        says(
                "warn",
                "Every city sells. karachi_db and pos_central are out of reach: what Karachi sells waits in the grid and is "
                        + "delivered when they are back; start PostgreSQL.");
    }

    @Test
    void aBacklogThatStaysIsSaid() {
        oldestQueued = NOW.minusSeconds(299);
        says("good", "Every city sells. Nothing to do.");
        oldestQueued = NOW.minusSeconds(301);
        assertThat(headline().text())
                .startsWith("Every city sells. karachi_db is in reach, and yet 4 changes of Karachi wait for it");
    }

    @Test
    void copiesThatMoveAreOnlyWaitedFor() {
        fragments.set(0, new Fragment(16, List.of("karachi-2", "karachi-1"), List.of("karachi-1"), Selling.YES, ""));
        says(
                "warn",
                "Every city sells. Copies of 1 fragment of Karachi are moving to karachi-1: nothing to do but wait, and let "
                        + "no other node go meanwhile.");
    }
}
