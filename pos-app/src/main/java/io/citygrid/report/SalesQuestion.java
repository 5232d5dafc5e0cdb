package io.citygrid.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which sales are asked for.
 *
 * @param from the first business day; {@code null} for the first of all
 * @param to the last business day; {@code null} for the last of all
 * @param cityId the only city; {@code null} for all
 */
public record SalesQuestion(SalesBy by, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Integer cityId) {}
