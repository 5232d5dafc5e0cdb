package io.citygrid.ops.web;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/grid}: which nodes there are and who holds which fragment. */
@RestController
final class GridController {
    private final GridClient grid;
    private final CityDirectory cities;

    GridController(GridClient grid, CityDirectory cities) {
        this.grid = grid;
        this.cities = cities;
    }

    @GetMapping("/api/grid")
    GridView grid() {
        Topology topology = grid.topology()
                .orElseThrow(() -> new Problem(
                        ProblemType.GRID_UNAVAILABLE, "No node of the grid is connected. Sales are not possible now."));
        return GridView.of(topology, cities.known(GridView.cityIds(topology)));
    }
}
