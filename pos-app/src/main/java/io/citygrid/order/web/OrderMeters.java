package io.citygrid.order.web;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.grid.metrics.NodeMeters;
import io.citygrid.grid.metrics.OutcomeName;
import io.citygrid.model.order.OrderOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Counts and times what registers were answered: all tries at all nodes together, as the person at the register waits. */
@Component
final class OrderMeters {
    private final MeterRegistry registry;
    private final CityDirectory cities;

    OrderMeters(MeterRegistry registry, CityDirectory cities) {
        this.registry = registry;
        this.cities = cities;
    }

    /** An order of a city was answered after {@code nanos}. */
    void answered(int cityId, OrderOutcome outcome, long nanos) {
        record(cityId, OutcomeName.of(outcome), nanos);
    }

    /** Nobody answered in time. */
    void unanswered(int cityId, long nanos) {
        record(cityId, OutcomeName.UNKNOWN, nanos);
    }

    private void record(int cityId, String outcome, long nanos) {
        CityEntry entry = cities.last().get(cityId);
        String city = entry == null ? "city " + cityId : entry.name();
        orders(city, outcome).increment();
        // One that appears with its first event has not risen, for Prometheus; the rule would miss that one.
        orders(city, OutcomeName.UNKNOWN);
        NodeMeters.histogram("citygrid.order", "An order at the web app, all its tries together")
                .tag("city", city)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter orders(String city, String outcome) {
        return Counter.builder("citygrid.orders")
                .description("Orders that registers sent, by how they were answered")
                .tag("city", city)
                .tag("outcome", outcome)
                .register(registry);
    }
}
