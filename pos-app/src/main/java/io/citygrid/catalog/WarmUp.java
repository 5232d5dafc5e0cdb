package io.citygrid.catalog;

import io.citygrid.grid.client.OutcomeUnknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Runs the registers' queries once when the application starts: the SQL engine takes seconds for the first one and tenths of
 * seconds for the first of each kind, and no customer should stand at the till meanwhile.
 */
@Component
final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private final StoreDirectory stores;
    private final CityDirectory cities;
    private final ProductSearch products;
    private final CustomerSearch customers;

    WarmUp(StoreDirectory stores, CityDirectory cities, ProductSearch products, CustomerSearch customers) {
        this.stores = stores;
        this.cities = cities;
        this.products = products;
        this.customers = customers;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread thread = new Thread(this::run, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            cities.all();
            stores.all();
            products.find(SearchWords.of("warm"), 1);
            customers.find(SearchWords.of("warm"), null, 1);
        } catch (OutcomeUnknown noGrid) {
            log.info("the first queries will be slow: {}", noGrid.getMessage());
        }
    }
}
