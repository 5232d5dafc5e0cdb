package io.citygrid.ops.web;

import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.City;
import io.citygrid.model.status.NodeReport.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the reports of all nodes say together. */
record Reported(List<NodeReport> reports) {
    DatabaseView database(int cityId) {
        return together(cities(cityId).map(City::database).toList());
    }

    OutboxView outbox(int cityId) {
        return new OutboxView(
                cities(cityId).mapToLong(City::entries).sum(),
                cities(cityId)
                        .map(City::oldestQueuedAt)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    CentralView central() {
        DatabaseView database =
                together(reports.stream().map(NodeReport::central).toList());
        return new CentralView(
                database.name(),
                database.reachable(),
                database.since(),
                database.reason(),
                reports.stream().mapToLong(NodeReport::ordersWaiting).sum(),
                reports.stream().mapToLong(NodeReport::logWaiting).sum());
    }

    /** When {@code node} reported; {@code null} if it did not lately. */
    @Nullable
    Instant last(String node) {
        return reports.stream()
                .filter(report -> report.node().equals(node))
                .map(NodeReport::reportedAt)
                .findFirst()
                .orElse(null);
    }

    private Stream<City> cities(int cityId) {
        return reports.stream().flatMap(report -> report.cities().stream()).filter(city -> city.cityId() == cityId);
    }

    /** Out of reach since one node lost it first; in reach since the last node found it. */
    private static DatabaseView together(List<Database> seen) {
        Optional<Database> firstLost =
                seen.stream().filter(database -> !database.reachable()).min(Comparator.comparing(Database::since));
        if (firstLost.isPresent()) {
            Database lost = firstLost.get();
            return new DatabaseView(lost.name(), false, lost.since(), lost.reason());
        }
        Optional<Instant> lastFound = seen.stream().map(Database::since).max(Comparator.naturalOrder());
        return lastFound
                .map(since -> new DatabaseView(seen.get(0).name(), true, since, null))
                .orElse(DatabaseView.UNKNOWN);
    }
}
