package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.leave.LeaveRequest;
import io.citygrid.grid.whole.WholeAnswer;
import io.citygrid.grid.whole.WholeAnswer.Member;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Restarts all nodes one by one, and takes the next only when the grid is whole again. A node that restarts stays in the
 * baseline: the others sell for it meanwhile, and nothing is copied but what it missed.
 */
public final class RollingRestart {
    /** A grid that is not whole by then is not going to be: somebody has to look first. */
    private static final Duration WHOLE_AT_FIRST_WITHIN = Duration.ofSeconds(10);

    private final GridClient client;
    private final WholeGrid whole;
    private final Consumer<String> tell;
    private final Duration within;

    /**
     * @param tell is told of every step, in sentences
     * @param within how long each node may take until the grid is whole again
     */
    public RollingRestart(GridClient client, Consumer<String> tell, Duration within) {
        this.client = client;
        this.whole = new WholeGrid(client, tell);
        this.tell = tell;
        this.within = within;
    }

    /**
     * Returns when every node has been restarted and the grid is whole.
     *
     * @throws NotDone saying why it was not begun or did not go on; running it again is safe
     */
    public void run() {
        WholeAnswer before = whole.await(WHOLE_AT_FIRST_WITHIN);
        List<String> alone = before.members().stream()
                .filter(member -> !member.comesBack())
                .map(Member::name)
                .toList();
        if (!alone.isEmpty()) {
            throw new NotDone("nothing was restarted: nobody would start " + String.join(", ", alone)
                    + " again. Nodes of ./pos demo --processes and ./pos node are started again; for others, set"
                    + " CITYGRID_SUPERVISED=yes where their service restarts on exit code 75, or restart them by hand"
                    + " with ./pos ops await-whole in between.");
        }
        // The oldest coordinates changes of the cluster; if it goes last, that changes hands once.
        List<Member> order = before.members().stream()
                .sorted(Comparator.comparingLong(Member::order).reversed())
                .toList();
        int done = 0;
        for (Member member : order) {
            long begun = System.nanoTime();
            try {
                restart(member);
            } catch (NotDone stuck) {
                throw new NotDone("stopped after " + done + " of " + order.size() + " nodes, at " + member.name() + ": "
                        + stuck.getMessage() + " When that is put right, run it again.");
            }
            done++;
            tell.accept(member.name() + " was restarted and the grid is whole again after "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s (" + done + " of " + order.size()
                    + ")");
        }
    }

    private void restart(Member member) {
        try {
            String refusal = client.operate(Tasks.LEAVE, new LeaveRequest(member.id(), true));
            if (!refusal.isEmpty()) {
                throw new NotDone(refusal + ".");
            }
        } catch (OutcomeUnknown noAnswer) {
            tell.accept(member.name() + " did not say that it leaves; waiting whether it does");
        }
        whole.await(
                within,
                "",
                answer -> answer.members().stream()
                        .anyMatch(now ->
                                now.name().equals(member.name()) && !now.id().equals(member.id())),
                member.name() + " has not left yet");
    }
}
