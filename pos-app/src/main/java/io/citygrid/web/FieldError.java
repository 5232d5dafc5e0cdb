package io.citygrid.web;

/** What is wrong with one value of a request, as a member of {@code errors}. */
public record FieldError(String field, String message) {
    static final String WRONG_FORM = "has the wrong form";
}
