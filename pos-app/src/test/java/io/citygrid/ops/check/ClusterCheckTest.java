package io.citygrid.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.model.status.NodeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is said of a cluster by what it says of itself. */
class ClusterCheckTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final NodeReport.Database KARACHI_DB =
            new NodeReport.Database("karachi_db", true, NOW.minusSeconds(600), "");
    private static final NodeReport.Database CENTRAL =
            new NodeReport.Database("pos_central", true, NOW.minusSeconds(600), "");

    private final List<Topology.Node> nodes = new ArrayList<>(List.of(
            new Topology.Node("karachi-1", List.of(1), "127.0.0.1:10800", true, true),
            new Topology.Node("karachi-2", List.of(1), "127.0.0.1:10801", true, true),
            new Topology.Node("lahore-1", List.of(2), "127.0.0.1:10802", true, true)));
    private final List<Fragment> fragments = new ArrayList<>();
    private final List<NodeReport> reports = new ArrayList<>(List.of(
            report("karachi-1", KARACHI_DB, 0, null),
            report("karachi-2", KARACHI_DB, 0, null),
            report("lahore-1", KARACHI_DB, 0, null)));
    private final List<Integer> takenOver = new ArrayList<>();

    ClusterCheckTest() {
        for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
            fragments.add(fragment(slot, Selling.YES, "karachi-1", "karachi-2", "lahore-1"));
        }
    }

    private static Fragment fragment(int slot, Selling selling, String... owners) {
        return new Fragment(
                CityFragment.SLOTS + slot,
                List.of(owners),
                List.of(),
                selling,
                selling == Selling.SHUT ? "PostgreSQL has other orders" : "");
    }

    private static NodeReport report(String node, NodeReport.Database database, long entries, Instant oldest) {
        return new NodeReport(node, NOW, List.of(new NodeReport.City(1, database, entries, oldest)), CENTRAL, 0, 0);
    }

    private List<String> found() {
        Topology topology = new Topology(
                new Topology.Choices("both", "in-transaction", "hand-over"),
                "ACTIVE",
                3,
                nodes,
                fragments,
                reports,
                takenOver);
        return new ClusterCheck(topology, new TreeMap<>(Map.of(1, "Karachi")), NOW)
                .run().stream().map(String::valueOf).toList();
    }

    @Test
    void nothingOfAWholeCluster() {
        assertThat(found()).isEmpty();
    }

    @Test
    void aNodeThatIsAwayAndTheCopiesThatAreMissing() {
        nodes.set(2, new Topology.Node("lahore-1", List.of(2), "127.0.0.1:10802", false, true));
        reports.remove(2);
        fragments.set(3, fragment(3, Selling.YES, "karachi-1", "karachi-2"));
        assertThat(found())
                .containsExactly(
                        "WRONG NODES: node lahore-1 is away",
                        "WRONG NODES: Karachi: fewer than 3 copies of fragment 19, so another node that dies may lose sales");
    }

    @Test
    void aNodeOutsideTheBaselineAndOneThatSaysNothing() {
        nodes.add(new Topology.Node("karachi-3", List.of(1), "127.0.0.1:10803", true, false));
        reports.remove(1);
        assertThat(found())
                .containsExactly(
                        "UNCHECKED NODES: node karachi-2 has not said for a while how it is",
                        "WRONG NODES: node karachi-3 is here but not in the baseline, so it holds nothing");
    }

    @Test
    void fragmentsThatDoNotSell() {
        fragments.set(0, fragment(0, Selling.LOST));
        fragments.set(1, fragment(1, Selling.LOST));
        fragments.set(2, fragment(2, Selling.SHUT, "karachi-1", "karachi-2", "lahore-1"));
        assertThat(found())
                .containsExactly(
                        "WRONG LOST: Karachi: no living node has fragments 16, 17",
                        "WRONG SHUT: Karachi, fragment 18, is shut: PostgreSQL has other orders");
    }

    @Test
    void fragmentsAwayFromHomeUnlessTheyWereTakenOver() {
        fragments.set(5, fragment(5, Selling.YES, "lahore-1", "karachi-2", "karachi-1"));
        assertThat(found()).containsExactly("WRONG AWAY: Karachi: lahore-1 of another city serves fragment 21");
        takenOver.add(1);
        assertThat(found()).containsExactly("NOTE AWAY: Karachi was taken over: lahore-1 serves fragment 21");
    }

    @Test
    void aBacklogIsWrongOnlyWhenItIsOldAndTheDatabaseAnswers() {
        reports.set(0, report("karachi-1", KARACHI_DB, 3, NOW.minusSeconds(4)));
        assertThat(found())
                .containsExactly("NOTE OUTBOX: Karachi: 3 outbox entries wait for karachi_db, the oldest since 4 s");
        reports.set(1, report("karachi-2", KARACHI_DB, 2, NOW.minusSeconds(90)));
        assertThat(found())
                .containsExactly("WRONG OUTBOX: Karachi: 5 outbox entries wait for karachi_db, the oldest since 90 s, "
                        + "though it answers");
        reports.set(
                1,
                report(
                        "karachi-2",
                        new NodeReport.Database("karachi_db", false, NOW, "connection refused"),
                        2,
                        NOW.minusSeconds(90)));
        assertThat(found())
                .containsExactly(
                        "NOTE OUTBOX: Karachi: 5 outbox entries wait for karachi_db, the oldest since 90 s",
                        "UNCHECKED DATABASES: karachi_db is out of reach of karachi-2: connection refused");
    }
}
