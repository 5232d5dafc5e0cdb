package io.citygrid.grid.growth;

import io.citygrid.durability.Databases;
import io.citygrid.durability.NewDatabase;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridJob;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;

/** Has every data node try whether it can keep a city's rows in a database, with the login that it uses for the others. */
public final class DatabaseTask extends ComputeTaskAdapter<DatabaseQuestion, DatabaseAnswer> {
    private static final long serialVersionUID = 1L;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, DatabaseQuestion question) {
        return Map.of(new DatabaseJob(question), node.cluster().localNode());
    }

    @Override
    public DatabaseAnswer reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class DatabaseJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final DatabaseQuestion question;

        DatabaseJob(DatabaseQuestion question) {
            this.question = question;
        }

        @Override
        protected Object work() {
            List<String> problems = new ArrayList<>();
            if (question.create()) {
                try {
                    new NewDatabase(WriteThrough.of(node).databases().settings(), question.url()).createIfMissing();
                } catch (SQLException refused) {
                    problems.add("the database cannot be made: " + refused.getMessage());
                }
            }
            EveryNode.Answers<String> answers =
                    EveryNode.ask(node, new Try(question.cityId(), question.url()), ANSWER_WITHIN);
            answers.silent().forEach(name -> problems.add(name + " does not answer"));
            answers.byNode().forEach((name, problem) -> {
                if (!problem.isEmpty() && !problem.equals(Try.IN_USE)) {
                    problems.add(name + ": " + problem);
                }
            });
            return new DatabaseAnswer(
                    problems,
                    answers.silent().isEmpty()
                            && answers.byNode().values().stream().allMatch(Try.IN_USE::equals));
        }
    }

    /** What one node does: answers {@link #IN_USE}, why it cannot use the database, or nothing. */
    public static final class Try implements IgniteCallable<String> {
        private static final long serialVersionUID = 1L;

        static final String IN_USE = "in use";

        private final int cityId;
        private final String url;

        @IgniteInstanceResource
        private transient Ignite node;

        Try(int cityId, String url) {
            this.cityId = cityId;
            this.url = url;
        }

        @Override
        public String call() {
            Databases databases = WriteThrough.of(node).databases();
            Map<Integer, String> urls = databases.settings().urls();
            String own = urls.get(cityId);
            if (own != null && !own.equals(url)) {
                return "it keeps the rows of city " + cityId + " in " + own;
            }
            for (Map.Entry<Integer, String> other : urls.entrySet()) {
                if (other.getKey() != cityId && other.getValue().equals(url)) {
                    return "that is the "
                            + (other.getKey() == 0 ? "central database" : "database of city " + other.getKey());
                }
            }
            if (own != null && !databases.lost(cityId)) {
                return IN_USE;
            }
            try {
                if (own == null) {
                    new NewDatabase(databases.settings(), url).requireUsable();
                }
                return "";
            } catch (SQLException refused) {
                return String.valueOf(refused.getMessage());
            }
        }
    }
}
