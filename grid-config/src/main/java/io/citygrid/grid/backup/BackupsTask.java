package io.citygrid.grid.backup;

import io.citygrid.grid.Closing;
import io.citygrid.grid.EveryNode.Answers;
import io.citygrid.grid.GridJob;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.GridClosing.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/** Lists the backups that there are, by asking all nodes. Thin clients run it by name. */
public final class BackupsTask extends ComputeTaskAdapter<String, BackupList> {
    /** The only question. */
    public static final String ALL = "all";

    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, String all) {
        return Map.of(new ListJob(), node.cluster().localNode());
    }

    @Override
    public BackupList reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class ListJob extends GridJob {
        private static final long serialVersionUID = 1L;

        @Override
        protected Object work() {
            return of(node);
        }
    }

    /** What all nodes together have. */
    static BackupList of(Ignite node) {
        Answers<LocalBackups> answers = LocalBackups.everywhere(node);
        Map<String, Manifest> manifests = new HashMap<>();
        answers.byNode().values().forEach(local -> local.manifests()
                .forEach(manifest -> manifests.merge(manifest.name(), manifest, BackupsTask::fuller)));
        List<KnownBackup> backups = new ArrayList<>();
        manifests.values().forEach(manifest -> backups.add(known(manifest, answers)));
        backups.sort(Comparator.comparing(KnownBackup::begun).reversed());
        return new BackupList(
                backups,
                answers.silent(),
                Closing.of(node)
                        .filter(closing -> closing.state() != State.OPEN)
                        .map(GridClosing::message)
                        .orElse(""));
    }

    private static Manifest fuller(Manifest one, Manifest other) {
        return other.points().size() > one.points().size() ? other : one;
    }

    private static KnownBackup known(Manifest manifest, Answers<LocalBackups> answers) {
        String name = manifest.name();
        Set<String> missing = new TreeSet<>();
        manifest.nodes().forEach(member -> missing.add(SnapshotFolder.partName(member.name())));
        long bytes = 0;
        for (LocalBackups local : answers.byNode().values()) {
            missing.removeAll(local.parts(name).keySet());
            bytes += local.bytes(name);
        }
        List<String> problems = new ArrayList<>();
        if (!manifest.complete()) {
            problems.add("it was not finished");
        }
        manifest.points().stream()
                .filter(point -> point.increment() > 0 && !point.complete())
                .forEach(point -> problems.add("its increment " + point.increment() + " was not finished"));
        if (manifest.complete() && !missing.isEmpty()) {
            problems.add("no living node has the part of " + String.join(", ", missing));
        }
        return new KnownBackup(manifest, bytes, problems);
    }
}
