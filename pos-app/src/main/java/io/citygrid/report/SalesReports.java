package io.citygrid.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.CityFragment;
import io.citygrid.model.Money;
import io.citygrid.report.SalesReport.Row;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Answers what was sold. All but products comes from sums that the grid keeps by store, category and business day, about a second
 * behind the sales; products come from the order lines. A question about one city reads that city's fragments alone.
 */
@Component
public final class SalesReports {
    /** Many managers look at the same figures; they share an answer for this long. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    /** All lines are read for it. */
    private static final Duration PRODUCTS_SHARED_FOR = Duration.ofSeconds(10);

    private static final int SHARED_MAX = 200;

    /** Groups of one answer; more days than 25 years have, more products than a store carries. */
    private static final int ROWS_MAX = 10_000;

    private static final String SUMS = "SUM(orders), SUM(units), SUM(revenue)";

    private final GridClient grid;
    private final ReportNames names;
    private final Cache<SalesQuestion, SalesReport> answers = Caffeine.newBuilder()
            .expireAfter(Expiry.<SalesQuestion, SalesReport>writing(
                    (question, report) -> question.by() == SalesBy.PRODUCT ? PRODUCTS_SHARED_FOR : SHARED_FOR))
            .maximumSize(SHARED_MAX)
            .build();

    SalesReports(GridClient grid, ReportNames names) {
        this.grid = grid;
        this.names = names;
    }

    /**
     * The sales that were asked for.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
     */
    public SalesReport of(SalesQuestion question) {
        return answers.get(question, this::read);
    }

    private SalesReport read(SalesQuestion question) {
        return switch (question.by()) {
            case CITY -> summed(question, "store_days", "city_id", names::cities);
            case STORE -> summed(question, "store_days", "store_id", names::stores);
            case DAY -> summed(question, "store_days", "epoch_day", SalesReports::days);
            case CATEGORY ->
                withOrdersOfAll(question, summed(question, "category_days", "category_id", names::categories));
            case PRODUCT -> withOrdersOfAll(question, products(question));
        };
    }

    private SalesReport summed(
            SalesQuestion question, String table, String column, Function<List<Integer>, Map<Integer, String>> named) {
        Conditions days = new Conditions();
        LocalDate from = question.from();
        LocalDate to = question.to();
        if (from != null) {
            days.add("epoch_day >= ?", Math.toIntExact(from.toEpochDay()));
        }
        if (to != null) {
            days.add("epoch_day <= ?", Math.toIntExact(to.toEpochDay()));
        }
        List<List<?>> found = query(
                question,
                "SELECT " + column + ", " + SUMS + " FROM " + table + days.where() + " GROUP BY " + column
                        + " ORDER BY " + column + " LIMIT " + ROWS_MAX,
                days);
        return report(question.by(), found, named);
    }

    /** From the lines, by the time of their sale. */
    private SalesReport products(SalesQuestion question) {
        Conditions times = new Conditions();
        LocalDate from = question.from();
        LocalDate to = question.to();
        if (from != null) {
            times.add("ordered_at >= ?", startOf(from));
        }
        if (to != null) {
            times.add("ordered_at < ?", startOf(to.plusDays(1)));
        }
        // A basket has one line of a product.
        List<List<?>> found = query(
                question,
                "SELECT product_id, COUNT(*), SUM(quantity), SUM(price * quantity) FROM order_items" + times.where()
                        + " GROUP BY product_id ORDER BY SUM(price * quantity) DESC LIMIT " + ROWS_MAX,
                times);
        return report(question.by(), found, names::products);
    }

    private List<List<?>> query(SalesQuestion question, String sql, Conditions conditions) {
        Integer cityId = question.cityId();
        Object[] arguments = conditions.arguments.toArray();
        return cityId == null ? grid.query(sql, arguments) : grid.queryIn(fragments(cityId), sql, arguments);
    }

    private static int[] fragments(int cityId) {
        return IntStream.range(0, CityFragment.SLOTS)
                .map(slot -> cityId * CityFragment.SLOTS + slot)
                .toArray();
    }

    private SalesReport withOrdersOfAll(SalesQuestion question, SalesReport report) {
        SalesReport all = summed(
                new SalesQuestion(SalesBy.CITY, question.from(), question.to(), question.cityId()),
                "store_days",
                "city_id",
                names::cities);
        return report.rows().size() < ROWS_MAX
                ? new SalesReport(report.rows(), all.orders(), report.units(), report.total())
                : new SalesReport(report.rows(), all.orders(), all.units(), all.total());
    }

    private static SalesReport report(
            SalesBy by, List<List<?>> found, Function<List<Integer>, Map<Integer, String>> named) {
        Map<Integer, String> names =
                named.apply(found.stream().map(row -> (Integer) row.get(0)).toList());
        List<Row> rows = new ArrayList<>();
        for (List<?> row : found) {
            int id = (Integer) row.get(0);
            rows.add(new Row(
                    by == SalesBy.DAY ? LocalDate.ofEpochDay(id).toString() : id,
                    names.getOrDefault(id, String.valueOf(id)),
                    ((Number) row.get(1)).longValue(),
                    ((Number) row.get(2)).longValue(),
                    ((BigDecimal) row.get(3)).setScale(Money.SCALE)));
        }
        if (by == SalesBy.CATEGORY || by == SalesBy.PRODUCT) {
            rows.sort(Comparator.comparing(Row::revenue).reversed());
        }
        return new SalesReport(
                List.copyOf(rows),
                rows.stream().mapToLong(Row::orders).sum(),
                rows.stream().mapToLong(Row::units).sum(),
                rows.stream().map(Row::revenue).reduce(Money.ZERO, BigDecimal::add));
    }

    private static Map<Integer, String> days(List<Integer> epochDays) {
        return epochDays.stream().collect(Collectors.toMap(day -> day, day -> LocalDate.ofEpochDay(day)
                .toString()));
    }

    private static Timestamp startOf(LocalDate day) {
        return Timestamp.from(day.atStartOfDay(ZoneId.systemDefault()).toInstant());
    }

    /** What rows must fulfil, and the values for it. */
    private static final class Conditions {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> arguments = new ArrayList<>();

        void add(String condition, Object argument) {
            conditions.add(condition);
            arguments.add(argument);
        }

        String where() {
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }
    }
}
