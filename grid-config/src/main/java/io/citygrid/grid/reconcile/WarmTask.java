package io.citygrid.grid.reconcile;

import io.citygrid.grid.FragmentTask;
import java.util.concurrent.atomic.LongAdder;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/** Fills an empty city fragment, or the reference tables, from PostgreSQL. Thin clients run it by name, again and again until it is done. */
public final class WarmTask extends FragmentTask<FragmentRun, RunState> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int fragment(FragmentRun run) {
        return run.fragment();
    }

    @Override
    protected ComputeJob job(FragmentRun run) {
        return new WarmJob(run);
    }

    private static final class WarmJob extends ComputeJobAdapter {
        private static final long serialVersionUID = 1L;

        private final FragmentRun run;

        @IgniteInstanceResource
        private transient Ignite node;

        WarmJob(FragmentRun run) {
            this.run = run;
        }

        @Override
        public Object execute() {
            Ignite own = node;
            int fragment = run.fragment();
            return Runs.of(own).state(run.runId(), rows -> work(own, fragment, rows));
        }

        private static FragmentReport work(Ignite node, int fragment, LongAdder rows) {
            return fragment == FragmentRun.REFERENCE
                    ? new ReferenceReconcile(node, rows).run()
                    : new FragmentReconcile(node, fragment, rows).warm();
        }
    }
}
