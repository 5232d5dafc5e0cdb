package io.citygrid.customer;

import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.FragmentTask;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.CityFragment;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.customer.CustomerMove;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.ignite.compute.ComputeJob;

/**
 * Moves a customer's rows to the fragment and the database of another city, in one grid transaction: at every moment there is
 * exactly one row in the grid. The new city's database is written through; the old one is told by the outbox.
 *
 * <p>Answers {@code true} if the customer lives in the new city afterwards (also when it did before), {@code false} if neither
 * city knows the customer.
 */
public final class MoveCustomerTask extends FragmentTask<CustomerMove, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int fragment(CustomerMove move) {
        return CityFragment.of(move.toCityId(), move.customerId());
    }

    @Override
    protected ComputeJob job(CustomerMove move) {
        return new MoveCustomerJob(move);
    }

    private static final class MoveCustomerJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final CustomerMove move;

        MoveCustomerJob(CustomerMove move) {
            this.move = move;
        }

        @Override
        protected Object work() {
            CityAuthority.ask(node, move.fromCityId()).require();
            CityAuthority.ask(node, move.toCityId()).require();
            return GridTransaction.run(node, this::move);
        }

        private boolean move(GridTransaction transaction) {
            CustomerKey from = new CustomerKey(move.fromCityId(), move.customerId());
            CustomerKey to = new CustomerKey(move.toCityId(), move.customerId());
            TreeSet<CustomerKey> both = new TreeSet<>(List.of(from, to));
            Map<CustomerKey, Customer> customers = transaction.lockAll(GridCaches.CUSTOMERS, both);
            Customer customer = customers.get(from);
            if (customer == null) {
                return customers.containsKey(to);
            }
            Instant now = Moments.now();
            Customer moved = new Customer(
                    customer.code(), customer.name(), move.toCityId(), Versioned.FIRST, customer.createdAt(), now);
            carry(transaction, GridCaches.CUSTOMERS, from, to, moved.succeeding(customer, now));
            CustomerContact contact =
                    transaction.lockAll(GridCaches.CUSTOMER_CONTACTS, both).get(from);
            if (contact != null) {
                carry(transaction, GridCaches.CUSTOMER_CONTACTS, from, to, contact.succeeding(contact, now));
            }
            return true;
        }

        private static <V> void carry(
                GridTransaction transaction, GridCache<CustomerKey, V> cache, CustomerKey from, CustomerKey to, V row) {
            transaction.removeLater(cache, from);
            transaction.put(cache, to, row);
        }
    }
}
