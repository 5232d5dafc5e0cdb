package io.citygrid.web;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;

/** Says where a JSON body goes wrong, without the parser's own words: they name classes and repeat what was sent. */
final class UnreadableBody {
    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException unreadable) {
        Throwable cause = unreadable.getCause();
        if (cause instanceof StreamConstraintsException) {
            return new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "The body is too large: more than " + (ApiJson.BODY_BYTES_MAX >> 10)
                            + " KiB, nested too deeply, or with a number that is too long.");
        }
        if (cause instanceof DatabindException misfit && !misfit.getPath().isEmpty()) {
            String field = misfit.getPath().stream()
                    .map(step ->
                            step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                    .collect(Collectors.joining());
            return new Problem(ProblemType.MALFORMED_REQUEST, "A value has the wrong form.")
                    .with(
                            "errors",
                            List.of(new FieldError(
                                    field.startsWith(".") ? field.substring(1) : field, FieldError.WRONG_FORM)));
        }
        return new Problem(
                ProblemType.MALFORMED_REQUEST, "The body is missing or is not the JSON that is expected here.");
    }
}
