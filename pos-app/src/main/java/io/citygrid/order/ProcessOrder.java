package io.citygrid.order;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.NotInCharge;
import io.citygrid.grid.PostgresAhead;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.StoreNotOpen;
import io.citygrid.grid.metrics.NodeMeters;
import io.citygrid.grid.outbox.StoreOpening;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.AlreadyCompleted;
import io.citygrid.model.order.OrderOutcome.InsufficientTender;
import io.citygrid.model.order.OrderOutcome.InvalidBasket;
import io.citygrid.model.order.OrderOutcome.NotStored;
import io.citygrid.model.order.OrderOutcome.OrderIdReused;
import io.citygrid.model.order.OrderOutcome.UnknownCustomer;
import io.citygrid.model.order.OrderOutcome.UnknownProduct;
import io.citygrid.model.order.OrderOutcome.UnknownStore;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import java.util.Map;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a basket into an order, exactly once for each order id: no oversell, receipt numbers without gaps, the catalogue's
 * prices, and nothing written unless all of it is.
 */
final class ProcessOrder {
    private static final Logger log = LoggerFactory.getLogger(ProcessOrder.class);

    private final Ignite node;
    private final Lookups lookups;

    ProcessOrder(Ignite node) {
        this.node = node;
        this.lookups = new Lookups(node);
    }

    /** Sells the basket or says why not; every expected refusal is a value. */
    OrderOutcome sell(OrderRequest request) {
        NodeMeters meters = NodeMeters.of(node);
        long begun = System.nanoTime();
        try {
            OrderOutcome outcome = soldOrRefused(request);
            meters.sale(request.cityId(), outcome, System.nanoTime() - begun);
            return outcome;
        } catch (RuntimeException unexpected) {
            meters.saleFailed(request.cityId(), System.nanoTime() - begun);
            throw unexpected;
        }
    }

    private OrderOutcome soldOrRefused(OrderRequest request) {
        try {
            return checked(request);
        } catch (PostgresAhead ahead) {
            return mended(request, ahead);
        } catch (Basket.Invalid invalid) {
            return new InvalidBasket(invalid.reason());
        } catch (DatabaseRefusal refusal) {
            // An outage is logged once, where it is noticed; rows that PostgreSQL looked at and refused are each a
            // riddle.
            if (refusal.kind() == DatabaseRefusal.Kind.REFUSED) {
                log.error("order {} was not sold: {}", request.orderId(), refusal.getMessage(), refusal.getCause());
            } else {
                log.debug("order {} was not sold: {}", request.orderId(), refusal.getMessage());
            }
            return new NotStored(refusal.database(), String.valueOf(refusal.getMessage()));
        } catch (NotInCharge elsewhere) {
            return new OrderOutcome.NotInCharge(String.valueOf(elsewhere.getMessage()));
        } catch (StoreNotOpen notOpen) {
            return new OrderOutcome.StoreNotOpen(String.valueOf(notOpen.getMessage()), notOpen.isShut());
        } catch (RolledBack rolledBack) {
            log.debug("order {} was rolled back", request.orderId(), rolledBack);
            return new OrderOutcome.RolledBack(String.valueOf(rolledBack.getMessage()), rolledBack.isInDoubt());
        }
    }

    private OrderOutcome mended(OrderRequest request, PostgresAhead ahead) {
        try {
            StoreOpening.of(node).mend(new StoreKey(request.cityId(), request.storeId()), ahead);
        } catch (DatabaseRefusal | RolledBack later) {
            log.debug("store {} could not be mended yet", request.storeId(), later);
        }
        return new OrderOutcome.RolledBack(String.valueOf(ahead.getMessage()), false);
    }

    private OrderOutcome checked(OrderRequest request) throws Basket.Invalid {
        Basket basket = Basket.of(request.basket());
        Closing.require(node);
        if (!lookups.storeExists(request.cityId(), request.storeId())) {
            // A node that was cut off does not know what came after.
            CityAuthority.ask(node, request.cityId()).require();
            return new UnknownStore(request.storeId());
        }
        // A retry is answered from the mapping before anything else is asked: prices and customers may have changed
        // since.
        Optional<OrderOutcome> before = repeated(request, basket);
        return before.isPresent() ? before.get() : sellNew(request, basket);
    }

    /** What can be checked without locks comes first: inside the transaction every read would lock. */
    private OrderOutcome sellNew(OrderRequest request, Basket basket) throws Basket.Invalid {
        CityAuthority authority = CityAuthority.ask(node, request.cityId());
        authority.require();
        Map<Integer, Product> products = lookups.products(basket.quantities().keySet());
        for (int productId : basket.quantities().keySet()) {
            if (!products.containsKey(productId)) {
                return new UnknownProduct(productId);
            }
        }
        Integer customer = request.customerId();
        if (customer != null && !lookups.customerExists(request.cityId(), customer)) {
            return new UnknownCustomer(customer);
        }
        Bill bill = Bill.of(basket, products, request.method(), request.tendered());
        if (!bill.covered()) {
            return new InsufficientTender(bill.total(), bill.tendered());
        }
        StoreOpening.of(node).ensureOpen(new StoreKey(request.cityId(), request.storeId()));
        Sale sale = new Sale(request, basket, products, bill);
        return GroupedSales.of(node, request.cityId())
                .sell(sale, authority)
                .or(() -> repeated(request, basket))
                // Another register asked with the same id at the same moment, and was refused.
                .orElseGet(() -> new OrderOutcome.RolledBack("the order id was asked for twice at once", false));
    }

    /** The answer to an order id that was sold before; empty if it was not. */
    private Optional<OrderOutcome> repeated(OrderRequest request, Basket basket) {
        OrderMappingKey mapping = new OrderMappingKey(request.cityId(), request.storeId(), request.orderId());
        if (!lookups.isMapped(mapping)) {
            return Optional.empty();
        }
        // Its rows become visible one by one while it commits; whoever gets the lock sees all of them.
        OrderMapping found =
                GridTransaction.run(node, transaction -> transaction.lock(GridCaches.ORDER_MAPPING, mapping));
        return Optional.ofNullable(found)
                .map(sold -> new OrderKey(request.cityId(), sold.storeId(), sold.orderNo()))
                .map(key -> new StoredOrder(node, key)
                        .receiptIfSold(request, basket)
                        .<OrderOutcome>map(AlreadyCompleted::new)
                        .orElseGet(() -> new OrderIdReused(request.orderId())));
    }
}
