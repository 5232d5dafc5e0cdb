package io.citygrid.grid.check;

import io.citygrid.grid.FragmentTask;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.grid.reconcile.RunState;
import io.citygrid.grid.reconcile.Runs;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJob;

/**
 * Checks a city fragment on the node that is its primary, or what no fragment has. Changes nothing; the stores sell meanwhile. Asked
 * for again with the same id until it is done. Thin clients run it by name.
 */
public final class CheckTask extends FragmentTask<FragmentRun, RunState<CheckReport>> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int fragment(FragmentRun run) {
        return run.fragment();
    }

    @Override
    protected ComputeJob job(FragmentRun run) {
        return new CheckJob(run);
    }

    private static final class CheckJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final FragmentRun run;

        CheckJob(FragmentRun run) {
            this.run = run;
        }

        @Override
        protected Object work() {
            Ignite own = node;
            int fragment = run.fragment();
            return Runs.of(own)
                    .state(
                            run.runId(),
                            rows -> fragment == FragmentRun.REFERENCE
                                    ? new SharedCheck(own, rows).run()
                                    : new FragmentCheck(own, fragment, rows).run(),
                            CheckReport::failed);
        }
    }
}
