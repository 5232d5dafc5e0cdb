package io.citygrid.grid;

import io.citygrid.grid.backup.BackupList;
import io.citygrid.grid.backup.KnownBackup;
import io.citygrid.grid.backup.RestorePlan;
import io.citygrid.grid.backup.RunProgress;
import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.check.CheckReport;
import io.citygrid.grid.check.CopyReader;
import io.citygrid.grid.check.Finding;
import io.citygrid.grid.check.Trouble;
import io.citygrid.grid.cost.NodeCost;
import io.citygrid.grid.cost.NodeCostTask;
import io.citygrid.grid.cost.NodeCosts;
import io.citygrid.grid.growth.DatabaseAnswer;
import io.citygrid.grid.growth.DatabaseQuestion;
import io.citygrid.grid.growth.DatabaseTask;
import io.citygrid.grid.growth.JoinTerms;
import io.citygrid.grid.growth.RetireRequest;
import io.citygrid.grid.leave.LeaveRequest;
import io.citygrid.grid.merge.MergeRequest;
import io.citygrid.grid.merge.MergeResult;
import io.citygrid.grid.outbox.LogPage;
import io.citygrid.grid.outbox.LogQuery;
import io.citygrid.grid.outbox.LogTask;
import io.citygrid.grid.outbox.RetryResult;
import io.citygrid.grid.outbox.RetryTask;
import io.citygrid.grid.reconcile.FragmentReport;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.grid.reconcile.RunState;
import io.citygrid.grid.reconcile.TableReport;
import io.citygrid.grid.takeover.TakeoverRequest;
import io.citygrid.grid.takeover.TakeoverResult;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.whole.NodeLook;
import io.citygrid.grid.whole.WholeAnswer;
import io.citygrid.model.customer.CustomerMove;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.ReplicationStatus;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockReason;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.model.store.FragmentOpening;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.ignite.Ignite;

/**
 * Everything that is stored in the grid or sent to it. Ignite makes a type known to the cluster when it first meets it, in the
 * middle of a sale; a thread that is interrupted there has been seen to stop the cluster's partition exchange for good.
 */
public final class GridTypes {
    private static final List<Class<?>> MESSAGES = List.of(
            OrderRequest.class,
            BasketLine.class,
            PaymentMethod.class,
            Receipt.class,
            Receipt.Line.class,
            Durability.class,
            OrderOutcome.Completed.class,
            OrderOutcome.AlreadyCompleted.class,
            OrderOutcome.OrderIdReused.class,
            OrderOutcome.OutOfStock.class,
            OrderOutcome.Shortage.class,
            OrderOutcome.UnknownProduct.class,
            OrderOutcome.UnknownStore.class,
            OrderOutcome.UnknownCustomer.class,
            OrderOutcome.InvalidBasket.class,
            OrderOutcome.InsufficientTender.class,
            OrderOutcome.NotStored.class,
            OrderOutcome.RolledBack.class,
            OrderOutcome.NotInCharge.class,
            OrderOutcome.StoreNotOpen.class,
            StockRequest.class,
            StockRequest.Line.class,
            StockReason.class,
            StockOutcome.Moved.class,
            StockOutcome.Refused.class,
            StockOutcome.Rule.class,
            StockOutcome.NotStored.class,
            StockOutcome.RolledBack.class,
            StockOutcome.NotInCharge.class,
            StockOutcome.StoreNotOpen.class,
            CustomerMove.class,
            OutboxEntry.Row.class,
            MergeRequest.class,
            MergeResult.class,
            TakeoverRequest.class,
            TakeoverResult.class,
            RunRequest.class,
            RunRequest.Work.class,
            RunProgress.class,
            KnownBackup.class,
            BackupList.class,
            RestorePlan.class,
            Topology.class,
            Topology.Choices.class,
            Topology.Node.class,
            Topology.Fragment.class,
            Topology.Selling.class,
            FragmentOpening.State.class,
            GridClosing.State.class,
            FragmentRun.class,
            RunState.class,
            FragmentReport.class,
            TableReport.class,
            CheckReport.class,
            CopyReader.Sums.class,
            CopyReader.ReadSums.class,
            CopyReader.ReadRows.class,
            CopyReader.ReadKeys.class,
            Finding.class,
            Finding.Weight.class,
            Trouble.class,
            NodeReport.City.class,
            NodeReport.Database.class,
            ReplicationStatus.class,
            LogQuery.class,
            LogPage.class,
            LogPage.Row.class,
            LogTask.Read.class,
            RetryResult.class,
            RetryResult.Target.class,
            RetryTask.Retry.class,
            NodeCost.class,
            NodeCosts.class,
            NodeCostTask.Read.class,
            WholeAnswer.class,
            WholeAnswer.Member.class,
            NodeLook.class,
            NodeLook.Seen.class,
            LeaveRequest.class,
            RetireRequest.class,
            JoinTerms.class,
            DatabaseQuestion.class,
            DatabaseAnswer.class,
            DatabaseTask.Try.class);

    private GridTypes() {}

    /** Keys, values, task arguments and answers. */
    static Set<Class<?>> all() {
        Set<Class<?>> types = new LinkedHashSet<>(MESSAGES);
        for (GridCache<?, ?> cache : GridCaches.ALL) {
            if (cache.kind().fragmented()) {
                types.add(cache.keyType());
            }
            types.add(cache.valueType());
        }
        return types;
    }

    /** Makes all types known to the cluster that {@code node} belongs to. */
    public static void register(Ignite node) {
        all().forEach(node.binary()::registerClass);
    }
}
