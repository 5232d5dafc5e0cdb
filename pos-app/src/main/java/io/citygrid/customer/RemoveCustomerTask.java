package io.citygrid.customer;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.customer.CustomerKey;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobAdapter;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Removes a customer and the customer's contact details from the grid and the city's database. Orders stay, with the number of
 * a customer whom nobody knows any more. Answers whether there was such a customer.
 */
public final class RemoveCustomerTask extends ComputeTaskAdapter<CustomerKey, Boolean> {
    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, CustomerKey key) {
        ClusterNode primary = node.affinity(GridCaches.CUSTOMERS.name()).mapKeyToNode(key);
        if (primary == null) {
            throw new IgniteException("no living node holds city fragment " + key.cityFragment());
        }
        return Map.of(new RemoveCustomerJob(key), primary);
    }

    @Override
    public Boolean reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class RemoveCustomerJob extends ComputeJobAdapter {
        private static final long serialVersionUID = 1L;

        private final CustomerKey key;

        @IgniteInstanceResource
        private transient Ignite node;

        RemoveCustomerJob(CustomerKey key) {
            this.key = key;
        }

        @Override
        public Object execute() {
            return GridTransaction.run(node, transaction -> {
                boolean known = transaction.lock(GridCaches.CUSTOMERS, key) != null;
                if (known) {
                    transaction.remove(GridCaches.CUSTOMERS, key);
                    transaction.remove(GridCaches.CUSTOMER_CONTACTS, key);
                }
                return known;
            });
        }
    }
}
