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
import java.util.TreeMap;
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

    /** Many lines may be read for it. */
    private static final Duration PRODUCTS_SHARED_FOR = Duration.ofSeconds(10);

    private static final int SHARED_MAX = 200;

    /** Groups of one answer; more days than 25 years have, more products than a store carries. */
    private static final int ROWS_MAX = 10_000;

    /** One query each; with more of them a single one over all lines is quicker. */
    private static final int STORES_ONE_BY_ONE_MAX = 100;

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
        Conditions days = days(question);
        List<List<?>> found = query(
                question,
                "SELECT " + column + ", " + SUMS + " FROM " + table + days.where() + " GROUP BY " + column
                        + " ORDER BY " + column + " LIMIT " + ROWS_MAX,
                days);
        return report(question.by(), found, named);
    }

    private static Conditions days(SalesQuestion question) {
        Conditions days = new Conditions();
        LocalDate from = question.from();
        LocalDate to = question.to();
        if (from != null) {
            days.add("epoch_day >= ?", Math.toIntExact(from.toEpochDay()));
        }
        if (to != null) {
            days.add("epoch_day <= ?", Math.toIntExact(to.toEpochDay()));
        }
        return days;
    }

    /** From the lines, by the time of their sale: of those receipts alone that the sums say are of these days, if they are few. */
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
        List<List<?>> found;
        if (from == null && to == null) {
            found = query(question, productsOf(times), times);
        } else {
            List<Receipts> receipts = receipts(question);
            long wanted = receipts.stream().mapToLong(Receipts::number).sum();
            found = receipts.size() > STORES_ONE_BY_ONE_MAX || wanted > receipts() / 2
                    ? query(question, productsOf(times), times)
                    : ofReceipts(receipts, times);
        }
        return report(question.by(), found, names::products);
    }

    /** Receipts of one store, from one number to another. */
    private record Receipts(int fragment, int storeId, long first, long last) {
        long number() {
            return last - first + 1;
        }
    }

    /** Among which those of the days that are asked for are. */
    private List<Receipts> receipts(SalesQuestion question) {
        Conditions days = days(question);
        return query(
                        question,
                        "SELECT city_fragment, store_id, MIN(first_order_no), MAX(last_order_no) FROM store_days"
                                + days.where() + " GROUP BY city_fragment, store_id",
                        days)
                .stream()
                .map(row ->
                        new Receipts((Integer) row.get(0), (Integer) row.get(1), (Long) row.get(2), (Long) row.get(3)))
                .toList();
    }

    /** All that are in the sums. */
    private long receipts() {
        Object all = grid.query("SELECT COALESCE(SUM(last_order_no), 0) FROM rollup_positions")
                .get(0)
                .get(0);
        return ((Number) all).longValue();
    }

    private List<List<?>> ofReceipts(List<Receipts> receipts, Conditions times) {
        Map<Integer, List<Object>> products = new TreeMap<>();
        for (Receipts store : receipts) {
            Conditions conditions = new Conditions();
            conditions.add("city_fragment = ?", store.fragment());
            conditions.add("store_id = ?", store.storeId());
            conditions.add("order_no >= ?", store.first());
            conditions.add("order_no <= ?", store.last());
            conditions.addAll(times);
            grid.queryIn(new int[] {store.fragment()}, productsOf(conditions), conditions.arguments.toArray())
                    .forEach(row -> products.merge((Integer) row.get(0), List.copyOf(row), SalesReports::together));
        }
        return products.values().stream()
                .<List<?>>map(row -> row)
                .sorted(Comparator.<List<?>, BigDecimal>comparing(row -> (BigDecimal) row.get(3))
                        .reversed())
                .limit(ROWS_MAX)
                .toList();
    }

    private static List<Object> together(List<Object> one, List<Object> other) {
        return List.of(
                one.get(0),
                ((Number) one.get(1)).longValue() + ((Number) other.get(1)).longValue(),
                ((Number) one.get(2)).longValue() + ((Number) other.get(2)).longValue(),
                ((BigDecimal) one.get(3)).add((BigDecimal) other.get(3)));
    }

    /** A basket has one line of a product. */
    private static String productsOf(Conditions conditions) {
        return "SELECT product_id, COUNT(*), SUM(quantity), SUM(price * quantity) FROM order_items" + conditions.where()
                + " GROUP BY product_id ORDER BY SUM(price * quantity) DESC LIMIT " + ROWS_MAX;
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

        void addAll(Conditions others) {
            conditions.addAll(others.conditions);
            arguments.addAll(others.arguments);
        }

        String where() {
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }
    }
}
