package io.citygrid.web;

import io.citygrid.grid.client.OutcomeUnknown;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers everything that goes wrong below {@code /api} with {@code application/problem+json} (RFC 9457). A resolver and not a
 * controller advice, so that addresses without a controller are answered the same way and pages keep their own error page.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ApiProblems implements HandlerExceptionResolver {
    private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);

    private final ProblemAnswers answers;

    ApiProblems(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!ProblemAnswers.concern(request) || response.isCommitted()) {
            return null;
        }
        // Allow and Accept: what the address would have taken.
        HttpHeaders headers = failure instanceof ErrorResponse standard ? standard.getHeaders() : HttpHeaders.EMPTY;
        answers.send(request, response, problem(failure, request), headers);
        return new ModelAndView();
    }

    private static Problem problem(Exception failure, HttpServletRequest request) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof OutcomeUnknown) {
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), failure.toString());
            return new Problem(ProblemType.GRID_UNAVAILABLE, "The grid did not answer in time. Try again shortly.");
        }
        if (failure instanceof NoResourceFoundException || failure instanceof NoHandlerFoundException) {
            return new Problem(ProblemType.NOT_FOUND, "There is nothing at this address.");
        }
        if (failure instanceof HttpRequestMethodNotSupportedException refused) {
            return new Problem(
                    ProblemType.METHOD_NOT_ALLOWED, "This address does not know " + refused.getMethod() + ".");
        }
        if (failure instanceof HttpMediaTypeNotSupportedException) {
            return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException) {
            return new Problem(ProblemType.NOT_ACCEPTABLE, "Accept application/json.");
        }
        if (failure instanceof MethodArgumentNotValidException invalid) {
            return malformed(invalid.getFieldErrors().stream()
                    .map(error -> error(error.getField(), error.getDefaultMessage()))
                    .toList());
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            return malformed(invalid.getParameterValidationResults().stream()
                    .flatMap(result -> result.getResolvableErrors().stream()
                            .map(error -> error(
                                    String.valueOf(result.getMethodParameter().getParameterName()),
                                    error.getDefaultMessage())))
                    .toList());
        }
        if (failure instanceof TypeMismatchException mismatch && mismatch.getPropertyName() != null) {
            return malformed(List.of(error(mismatch.getPropertyName(), FieldError.WRONG_FORM)));
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return UnreadableBody.problem(unreadable);
        }
        if (failure instanceof ErrorResponse refused && refused.getStatusCode().is4xxClientError()) {
            return new Problem(ProblemType.MALFORMED_REQUEST, "The request is not one that this address understands.");
        }
        String incident = UUID.randomUUID().toString();
        log.error("incident {}: {} {}", incident, request.getMethod(), request.getRequestURI(), failure);
        return new Problem(
                        ProblemType.INTERNAL_ERROR,
                        "Whether the request was carried out is not known. The log says more under this incident.")
                .with("incident", incident);
    }

    private static Problem malformed(List<FieldError> errors) {
        return new Problem(ProblemType.MALFORMED_REQUEST, "A value is missing or has the wrong form.")
                .with("errors", errors);
    }

    private static FieldError error(String field, @Nullable String message) {
        return new FieldError(field, message == null ? FieldError.WRONG_FORM : message);
    }
}
