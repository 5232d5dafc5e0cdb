package io.citygrid.ops.web;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.metrics.Readings;
import io.citygrid.grid.metrics.TopologyReadings;
import io.citygrid.grid.topology.Topology;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the web app knows of the grid, among its metrics: whether it reaches it, whether cities sell, and the cluster. */
@Component
final class AppReadings implements MultiCollector {
    private final GridClient grid;
    private final CityDirectory cities;

    AppReadings(GridClient grid, CityDirectory cities, PrometheusRegistry registry) {
        this.grid = grid;
        this.cities = cities;
        registry.register(this);
    }

    @Override
    public MetricSnapshots collect() {
        Readings readings = new Readings();
        Optional<Topology> topology = grid.topology();
        readings.flag("citygrid_grid_connected", "Whether a node of the grid is connected", topology.isPresent());
        topology.ifPresent(seen -> add(seen, readings));
        return readings.snapshots();
    }

    private void add(Topology topology, Readings readings) {
        Map<Integer, CityEntry> names = cities.known(GridView.cityIds(topology));
        CitySelling.of(topology)
                .values()
                .forEach(city -> readings.flag(
                        "citygrid_city_sells",
                        "Whether stores of a city can sell, as the web app sees it",
                        city.some(),
                        "city",
                        name(names, city.cityId())));
        new TopologyReadings(topology, city -> name(names, city), Instant.now()).addTo(readings);
    }

    private static String name(Map<Integer, CityEntry> names, int city) {
        CityEntry entry = names.get(city);
        return entry == null ? "city " + city : entry.name();
    }
}
