package io.citygrid.ops.web;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while this application can reach a grid that sells. */
@Component("grid")
final class GridHealth implements HealthIndicator {
    private static final String SELLING = "ACTIVE";

    private final GridClient grid;

    GridHealth(GridClient grid) {
        this.grid = grid;
    }

    @Override
    public Health health() {
        return grid.topology()
                .map(Topology::state)
                .map(state -> (SELLING.equals(state) ? Health.up() : Health.outOfService())
                        .withDetail("clusterState", state)
                        .build())
                .orElseGet(() -> Health.down()
                        .withDetail("reason", "no node is connected")
                        .build());
    }
}
