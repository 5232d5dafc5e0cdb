package io.citygrid.ops.web;

import io.citygrid.grid.client.GridClient;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says which databases the nodes reach. It is up even if that is none: sales go on, and what is missed is delivered later. */
@Component("postgresql")
final class PostgresHealth implements HealthIndicator {
    private final GridClient grid;

    PostgresHealth(GridClient grid) {
        this.grid = grid;
    }

    @Override
    public Health health() {
        Map<String, Boolean> reachable = new TreeMap<>();
        grid.topology().ifPresent(topology -> topology.reports().forEach(report -> databases(report)
                .forEach(database -> reachable.merge(database.name(), database.reachable(), Boolean::logicalAnd))));
        if (reachable.isEmpty()) {
            return Health.unknown().build();
        }
        Health.Builder health = Health.up();
        reachable.forEach(
                (name, reached) -> health.withDetail(name, reached ? "reachable" : "out of reach, sales are queued"));
        return health.build();
    }

    private static List<Database> databases(NodeReport report) {
        List<Database> databases = new ArrayList<>(List.of(report.central()));
        report.cities().forEach(city -> databases.add(city.database()));
        return databases;
    }
}
