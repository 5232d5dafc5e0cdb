package io.citygrid.grid.reconcile;

import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.FragmentTask;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.growth.LearnedDatabases;
import io.citygrid.grid.warehouse.WarehouseRun;
import io.citygrid.model.CityFragment;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJob;

/** Work on one fragment, or on the reference tables, that takes longer than an answer: asked for again and again until it is done. */
abstract class RunTask extends FragmentTask<FragmentRun, RunState<FragmentReport>> {
    private static final long serialVersionUID = 1L;

    /** What is done. */
    enum Work {
        RECONCILE,
        WARM,
        WAREHOUSE,
        WAREHOUSE_ANEW
    }

    private final Work work;

    RunTask(Work work) {
        this.work = work;
    }

    @Override
    protected final int fragment(FragmentRun run) {
        return run.fragment();
    }

    @Override
    protected final ComputeJob job(FragmentRun run) {
        return new RunJob(work, run);
    }

    private static final class RunJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final Work work;
        private final FragmentRun run;

        RunJob(Work work, FragmentRun run) {
            this.work = work;
            this.run = run;
        }

        @Override
        protected Object work() {
            Ignite own = node;
            Work what = work;
            int fragment = run.fragment();
            return Runs.of(own)
                    .state(
                            run.runId(),
                            rows -> BackgroundWork.of(own).run(() -> run(own, what, fragment, rows)),
                            FragmentReport::failed);
        }

        private static FragmentReport run(Ignite node, Work work, int fragment, LongAdder rows) {
            if (fragment == FragmentRun.REFERENCE) {
                return new ReferenceReconcile(node, rows).run();
            }
            // The reference tables, and with them the place of the city's rows, may have been filled just now.
            LearnedDatabases.of(node).lookNow();
            // The copies on the losing side of a cut link are old.
            CityAuthority.ask(node, CityFragment.cityOf(fragment)).require();
            if (work == Work.WAREHOUSE || work == Work.WAREHOUSE_ANEW) {
                return warehouse(node, fragment, work == Work.WAREHOUSE_ANEW, rows);
            }
            FragmentReconcile reconcile = new FragmentReconcile(node, fragment, rows);
            return work == Work.WARM ? reconcile.warm() : reconcile.run();
        }

        private static FragmentReport warehouse(Ignite node, int fragment, boolean anew, LongAdder rows) {
            WarehouseRun.Result result = new WarehouseRun(node, rows)
                    .run(FragmentRows.keys(node, GridCaches.STORE_COUNTERS, fragment), anew);
            List<TableReport> days =
                    List.of(new TableReport("business days of stores", result.equal(), 0, 0, 0, 0, result.different()));
            return FragmentReport.of(days, days);
        }
    }
}
