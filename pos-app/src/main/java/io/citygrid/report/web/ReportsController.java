package io.citygrid.report.web;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.model.CityFragment;
import io.citygrid.report.LowStock;
import io.citygrid.report.ReportZone;
import io.citygrid.report.SalesBy;
import io.citygrid.report.SalesQuestion;
import io.citygrid.report.SalesReport;
import io.citygrid.report.SalesReports;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.FieldError;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import io.citygrid.web.audit.WebAudit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/reports}: what was sold, as JSON or to download as CSV, and what runs out. */
@RestController
@RequestMapping("/api/reports")
final class ReportsController {
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 2199;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    /** What was asked, and the answer. */
    record SalesBody(
            String by,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable Integer cityId,
            List<SalesReport.Row> rows,
            BigDecimal total,
            long orders,
            long units) {}

    private final SalesReports sales;
    private final LowStock lowStock;
    private final CityDirectory cities;
    private final ReportZone zone;
    private final WebAudit audit;

    ReportsController(SalesReports sales, LowStock lowStock, CityDirectory cities, ReportZone zone, WebAudit audit) {
        this.sales = sales;
        this.audit = audit;
        this.zone = zone;
        this.lowStock = lowStock;
        this.cities = cities;
    }

    @GetMapping("/sales")
    SalesBody sales(
            @RequestParam("by") String by,
            @RequestParam(name = "from", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate from,
            @RequestParam(name = "to", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate to,
            @RequestParam(name = "cityId", required = false) @Nullable Integer cityId) {
        SalesQuestion question = question(by, from, to, cityId);
        SalesReport report = sales.of(question);
        audit.recordOften("report", "sales by " + by, AuditOutcome.ALLOWED, "");
        return new SalesBody(by, from, to, cityId, report.rows(), report.total(), report.orders(), report.units());
    }

    @GetMapping("/sales.csv")
    ResponseEntity<String> download(
            @RequestParam("by") String by,
            @RequestParam(name = "from", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate from,
            @RequestParam(name = "to", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate to,
            @RequestParam(name = "cityId", required = false) @Nullable Integer cityId) {
        SalesReport report = sales.of(question(by, from, to, cityId));
        audit.record(
                "report.download",
                "sales by " + by,
                AuditOutcome.ALLOWED,
                report.rows().size() + " rows from %s to %s, city %s".formatted(from, to, cityId));
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("sales-by-" + by + ".csv")
                                .build()
                                .toString())
                .body(SalesCsv.of(report));
    }

    /** Which day it is for the chain, wherever the caller is. */
    record BusinessDayBody(LocalDate day, String zone) {}

    @GetMapping("/business-day")
    BusinessDayBody businessDay() {
        ZoneId ofChain = zone.require();
        return new BusinessDayBody(LocalDate.now(ofChain), ofChain.getId());
    }

    @GetMapping("/low-stock")
    List<LowStock.Row> lowStock(
            @RequestParam(name = "cityId", required = false) @Nullable Integer cityId,
            @RequestParam(name = "below", defaultValue = "10") @Min(1) @Max(1_000_000) int below,
            @RequestParam(name = "limit", defaultValue = "50") @Min(1) @Max(1_000) int limit) {
        requireKnown(cityId);
        audit.recordOften("report", "low stock", AuditOutcome.ALLOWED, "");
        return lowStock.find(cityId, below, limit);
    }

    private SalesQuestion question(
            String by, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Integer cityId) {
        SalesBy group = SalesBy.of(by).orElseThrow(() -> malformed("by", "must be one of " + SalesBy.settings()));
        requireSensible("from", from);
        requireSensible("to", to);
        if (from != null && to != null && from.isAfter(to)) {
            throw malformed("from", "must not be after to");
        }
        requireKnown(cityId);
        zone.require();
        return new SalesQuestion(group, from, to, cityId);
    }

    private static void requireSensible(String field, @Nullable LocalDate day) {
        if (day != null && (day.getYear() < YEAR_MIN || day.getYear() > YEAR_MAX)) {
            throw malformed(field, "must be a day between " + YEAR_MIN + " and " + YEAR_MAX);
        }
    }

    private void requireKnown(@Nullable Integer cityId) {
        if (cityId != null
                && (cityId < 1
                        || cityId >= CityFragment.CITIES_MAX
                        || cities.all().stream().noneMatch(city -> city.id() == cityId))) {
            throw malformed("cityId", "there is no such city");
        }
    }

    private static Problem malformed(String field, String message) {
        return new Problem(ProblemType.MALFORMED_REQUEST, "A value is missing or has the wrong form.")
                .with("errors", List.of(new FieldError(field, message)));
    }
}
