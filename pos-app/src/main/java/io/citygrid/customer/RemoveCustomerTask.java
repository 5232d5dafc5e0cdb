package io.citygrid.customer;

import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.FragmentTask;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.CityFragment;
import io.citygrid.model.customer.CustomerKey;
import org.apache.ignite.compute.ComputeJob;

/**
 * Removes a customer and the customer's contact details from the grid and the city's database. Orders stay, with the number of
 * a customer whom nobody knows any more. Answers whether there was such a customer.
 */
public final class RemoveCustomerTask extends FragmentTask<CustomerKey, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int fragment(CustomerKey key) {
        return key.cityFragment();
    }

    @Override
    protected ComputeJob job(CustomerKey key) {
        return new RemoveCustomerJob(key);
    }

    private static final class RemoveCustomerJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final CustomerKey key;

        RemoveCustomerJob(CustomerKey key) {
            this.key = key;
        }

        @Override
        protected Object work() {
            CityAuthority.ask(node, CityFragment.cityOf(key.cityFragment())).require();
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
