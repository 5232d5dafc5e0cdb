package io.citygrid.ops.web;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Up while this application's city can sell, which is also what makes the application ready; an application that is for no city in
 * particular, while any city can. PostgreSQL has no say in it: see {@link PostgresHealth}.
 */
@Component("grid")
final class GridHealth implements HealthIndicator {
    private final GridClient grid;
    private final CityDirectory cities;
    private final int cityId;

    /** @param cityId 0 for no city in particular */
    GridHealth(GridClient grid, CityDirectory cities, @Value("${citygrid.city-id}") int cityId) {
        this.grid = grid;
        this.cities = cities;
        this.cityId = cityId;
    }

    @Override
    public Health health() {
        return grid.topology().map(this::of).orElseGet(() -> Health.down()
                .withDetail("reason", "no node is connected")
                .build());
    }

    private Health of(Topology topology) {
        Map<Integer, CitySelling> selling = CitySelling.of(topology);
        boolean sells =
                selling.values().stream().anyMatch(city -> (cityId == 0 || city.cityId() == cityId) && city.some());
        Health.Builder health =
                (sells ? Health.up() : Health.outOfService()).withDetail("clusterState", topology.state());
        selling.values().forEach(city -> health.withDetail(name(city.cityId()), city.words()));
        return health.build();
    }

    private String name(int city) {
        CityEntry entry = cities.last().get(city);
        return entry == null ? "city " + city : entry.name();
    }
}
