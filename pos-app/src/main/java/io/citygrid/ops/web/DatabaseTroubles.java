package io.citygrid.ops.web;

import io.citygrid.ops.web.GridView.CityView;
import io.citygrid.ops.web.GridView.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with databases and what waits for them. No sale waits for either, so it is never the first thing to be done. */
final class DatabaseTroubles {
    /** Several times as long as catching up after a short outage takes. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final GridView view;

    DatabaseTroubles(GridView view) {
        this.view = view;
    }

    void sayTo(List<String> said) {
        outOfReach(said);
        view.cities().forEach(city -> late(city, said));
    }

    private void outOfReach(List<String> said) {
        List<CityView> cut = view.cities().stream()
                .filter(city -> Boolean.FALSE.equals(city.database().reachable()))
                .toList();
        boolean central = Boolean.FALSE.equals(view.central().reachable());
        List<String> databases = new ArrayList<>(cut.stream()
                .map(city -> String.valueOf(city.database().name()))
                .distinct()
                .toList());
        if (central && !databases.contains(String.valueOf(view.central().name()))) {
            databases.add(String.valueOf(view.central().name()));
        }
        if (databases.isEmpty()) {
            return;
        }
        boolean one = databases.size() == 1;
        String waits = cut.isEmpty()
                ? "head office hears of new orders"
                : "what " + Words.list(cut.stream().map(CityView::name).toList())
                        + Words.of(cut.size(), " sells", " sell") + " waits in the grid and is delivered";
        said.add(Words.list(databases) + (one ? " is" : " are") + " out of reach: " + waits + " when "
                + (one ? "it is" : "they are") + " back; start " + (one ? "that PostgreSQL" : "PostgreSQL") + ".");
    }

    private void late(CityView city, List<String> said) {
        Instant oldest = city.outbox().oldestQueuedAt();
        Optional<Instant> now = view.nodes().stream()
                .map(NodeView::lastReport)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        if (oldest != null
                && Boolean.TRUE.equals(city.database().reachable())
                && now.filter(at -> oldest.plus(LATE).isBefore(at)).isPresent()) {
            said.add(city.database().name() + " is in reach, and yet "
                    + Words.count(city.outbox().entries(), "change") + " of " + city.name()
                    + (city.outbox().entries() == 1 ? " waits" : " wait") + " for it for more than " + LATE.toMinutes()
                    + " minutes: the replication log below says why.");
        }
    }
}
