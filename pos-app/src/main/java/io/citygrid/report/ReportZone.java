package io.citygrid.report;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sees that this process begins its days when the grid does: with another time zone it would call other sales today's. */
@Component
public final class ReportZone {
    /** A grid may be started again with another one. */
    private static final long ASKED_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final GridClient grid;
    private volatile @Nullable Known ofGrid;

    private record Known(ZoneId zone, long sinceNanos) {}

    ReportZone(GridClient grid) {
        this.grid = grid;
    }

    /**
     * The zone of both.
     *
     * @throws Problem if they differ
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
     */
    public ZoneId require() {
        ZoneId own = ZoneId.systemDefault();
        Known last = ofGrid;
        if (last == null || System.nanoTime() - last.sinceNanos > ASKED_EVERY_NANOS) {
            List<List<?>> found = grid.query(
                    "SELECT value FROM SYS.NODE_ATTRIBUTES WHERE name = ? LIMIT 1", NodeAttributes.BUSINESS_ZONE);
            if (found.isEmpty()) {
                throw new OutcomeUnknown("the grid does not say in which time zone its days begin", null);
            }
            last = new Known(ZoneId.of(String.valueOf(found.get(0).get(0))), System.nanoTime());
            ofGrid = last;
        }
        ZoneId known = last.zone;
        if (!known.equals(own)) {
            throw new Problem(
                    ProblemType.WRONG_BUSINESS_ZONE,
                    "The grid's business days are those of " + known + ", this web application was started with " + own
                            + ": set CITYGRID_BUSINESS_ZONE and start it again.");
        }
        return known;
    }
}
