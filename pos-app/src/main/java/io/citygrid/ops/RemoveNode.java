package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.growth.RetireRequest;
import io.citygrid.grid.leave.LeaveRequest;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.whole.WholeAnswer;
import io.citygrid.grid.whole.WholeAnswer.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes a node out of the grid for good: it leaves, as for a restart, and then others are given copies of what it had. Until they
 * have them there is one copy less of that, because Ignite takes no node out of the baseline that is still there. A node that is
 * gone already is taken out too, if the others have a copy of everything.
 */
public final class RemoveNode {
    private static final Duration WHOLE_AT_FIRST_WITHIN = Duration.ofSeconds(10);

    private final GridClient client;
    private final WholeGrid whole;
    private final Consumer<String> tell;
    private final Duration within;

    /**
     * @param tell is told of every step, in sentences
     * @param within how long the others may take to get its copies
     */
    public RemoveNode(GridClient client, Consumer<String> tell, Duration within) {
        this.client = client;
        this.whole = new WholeGrid(client, tell);
        this.tell = tell;
        this.within = within;
    }

    /**
     * Returns when the node is out of the baseline and has left.
     *
     * @throws NotDone saying why nothing was changed, or how far it came; running it again is safe
     */
    public void run(String name) {
        boolean alive = member(whole.now(name), name).isPresent();
        WholeAnswer before = whole.await(WHOLE_AT_FIRST_WITHIN, alive ? "" : name, answer -> true, "");
        List<Integer> cities = cities(name);
        String refusal = client.operate(Tasks.RETIRE, new RetireRequest(name, false));
        if (!refusal.isEmpty()) {
            throw new NotDone("nothing was changed. " + refusal);
        }
        member(before, name).ifPresent(this::leave);
        tell.accept("the others are given copies of what " + name + " had");
        whole.await(within, "", answer -> member(answer, name).isEmpty(), name + " has not left yet");
        client.topology().ifPresent(topology -> cities.forEach(city -> warnOfLoneNode(topology, name, city)));
    }

    /** Lets a node in again that was taken out. */
    public void undo(String name) {
        String refusal = client.operate(Tasks.RETIRE, new RetireRequest(name, true));
        if (!refusal.isEmpty()) {
            throw new NotDone("nothing was changed. " + refusal);
        }
    }

    private void leave(Member member) {
        String refusal = client.operate(Tasks.LEAVE, new LeaveRequest(member.id(), false));
        if (!refusal.isEmpty()) {
            undo(member.name());
            throw new NotDone("nothing was changed: " + refusal + ".");
        }
    }

    private static Optional<Member> member(WholeAnswer answer, String name) {
        return answer.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst();
    }

    private List<Integer> cities(String name) {
        return client.topology().stream()
                .flatMap(topology -> topology.nodes().stream())
                .filter(node -> node.name().equals(name))
                .flatMap(node -> node.cityIds().stream())
                .toList();
    }

    private void warnOfLoneNode(Topology topology, String name, int city) {
        List<String> left = topology.nodes().stream()
                .filter(node -> node.inBaseline()
                        && !node.name().equals(name)
                        && node.cityIds().contains(city))
                .map(Topology.Node::name)
                .toList();
        if (left.size() == 1 && !topology.choices().survivalGoal().equals("city")) {
            tell.accept("city " + city + " has " + left.get(0)
                    + " alone now: if it dies, other cities' nodes sell for it" + " until it is back");
        }
    }
}
