package io.citygrid.grid.backup;

import io.citygrid.durability.Databases;
import io.citygrid.grid.EveryNode.Answers;
import io.citygrid.placement.NodeAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.BaselineNode;
import org.apache.ignite.cluster.ClusterState;

/** What must be so before a restore may destroy anything. */
final class RestoreCheck {
    private final Ignite node;
    private final Databases databases;
    private final String name;
    private final int increment;

    RestoreCheck(Ignite node, Databases databases, String name, int increment) {
        this.node = node;
        this.databases = databases;
        this.name = name;
        this.increment = increment;
    }

    /** @throws NotPossible saying what is not */
    void require(Manifest manifest) {
        Manifest.Point point = manifest.point(increment)
                .orElseThrow(() -> new NotPossible("The backup " + name + " has no increment " + increment + ": "
                        + switch (manifest.points().size()) {
                            case 1 -> "it has none.";
                            case 2 -> "it has 1 alone.";
                            default -> "it has 1 to " + (manifest.points().size() - 1) + ".";
                        }));
        if (point.snapshotAt() == null) {
            throw new NotPossible("The backup " + name
                    + (increment == 0 ? "" : ", increment " + increment + ",")
                    + " was not finished and cannot be brought back. See ./pos ops backups.");
        }
        if (node.cluster().state() != ClusterState.ACTIVE) {
            throw new NotPossible("The cluster is not active: run ./pos ops --set-state ACTIVE --yes first.");
        }
        String goal = node.cluster().localNode().attribute(NodeAttributes.SURVIVAL_GOAL);
        if (!manifest.survivalGoal().equals(goal)) {
            throw new NotPossible("The backup " + name + " is of a grid with --survive " + manifest.survivalGoal()
                    + " and this one runs with --survive " + goal
                    + ": its copies lie otherwise. Start all nodes with the backup's goal, or fill an empty grid from PostgreSQL"
                    + " (./pos load warm).");
        }
        requireNodes(node);
        requireParts(manifest);
        requireDatabases();
    }

    /** @throws NotPossible if a node that is a member is away: what it has would be old when it comes back */
    static void requireNodes(Ignite node) {
        Set<String> here = living(node);
        Collection<BaselineNode> baseline =
                Objects.requireNonNull(node.cluster().currentBaselineTopology());
        Set<String> missing = baseline.stream()
                .map(member -> member.consistentId().toString())
                .filter(member -> !here.contains(member))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            boolean one = missing.size() == 1;
            throw new NotPossible(String.join(", ", missing) + (one ? " is" : " are")
                    + " away and would come back with old rows. Start " + (one ? "it" : "them")
                    + ", wait until ./pos ops --baseline lists " + (one ? "it" : "them")
                    + " as online, and try again. Only if " + (one ? "it is" : "they are")
                    + " gone for good: take " + (one ? "it" : "each") + " out with ./pos ops --baseline remove "
                    + missing.iterator().next() + " --yes, and empty its folder DIR/nodes/"
                    + missing.iterator().next() + "/db before it ever comes back.");
        }
    }

    private static Set<String> living(Ignite node) {
        return node.cluster().forServers().forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA).nodes().stream()
                .map(member -> member.consistentId().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ignite restores a full snapshot to any nodes that together have all of its parts, an increment only where each has its own. */
    private void requireParts(Manifest manifest) {
        Answers<LocalBackups> answers = LocalBackups.everywhere(node);
        if (!answers.silent().isEmpty()) {
            throw new NotPossible("No answer from " + String.join(", ", answers.silent())
                    + ": it cannot be seen what they have of the backup. Try again.");
        }
        Set<String> missing = new TreeSet<>();
        for (Manifest.Member member : manifest.nodes()) {
            String part = SnapshotFolder.partName(member.name());
            if (answers.byNode().values().stream()
                    .noneMatch(local -> local.parts(name).containsKey(part))) {
                missing.add(member.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new NotPossible("The parts of the snapshot that " + String.join(", ", missing)
                    + " made are on no node: copy them into the folder snapshots/" + name
                    + " of any node, each with its .smf file, and run this again. Nothing was changed.");
        }
        if (increment > 0) {
            requireOwnParts(manifest, answers.byNode());
        }
    }

    private void requireOwnParts(Manifest manifest, Map<String, LocalBackups> byNode) {
        Set<String> made =
                manifest.nodes().stream().map(Manifest.Member::name).collect(Collectors.toCollection(TreeSet::new));
        if (!made.equals(living(node))) {
            throw new NotPossible(
                    "An increment can only be brought back to the very nodes that made it, "
                            + String.join(", ", made) + ", and the grid is " + String.join(", ", living(node))
                            + ". The full backup can be brought back to other nodes: leave --increment out. Nothing was changed.");
        }
        byNode.forEach((member, local) -> {
            if (local.parts(name).getOrDefault(SnapshotFolder.partName(member), 0) < increment) {
                throw new NotPossible("Node " + member + " does not have its own part of increment " + increment
                        + " of " + name + ". Leave --increment out, or choose a lower one. Nothing was changed.");
            }
        });
    }

    private void requireDatabases() {
        Set<String> lost = new TreeSet<>();
        for (int home : databases.settings().urls().keySet()) {
            databases.ask(home);
            if (databases.lost(home)) {
                lost.add(databases.settings().name(home));
            }
        }
        if (!lost.isEmpty()) {
            throw new NotPossible("PostgreSQL is out of reach (" + String.join(", ", lost)
                    + "), and the grid is to be made equal to it. Bring it back first. Nothing was changed.");
        }
    }
}
