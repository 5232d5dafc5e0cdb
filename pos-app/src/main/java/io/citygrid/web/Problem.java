package io.citygrid.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A refusal as the caller gets it, in the form of RFC 9457. Thrown by controllers; it carries no stack trace because most
 * refusals are everyday life at a register.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ProblemType type;
    private final HttpStatus status;
    private final transient Map<String, Object> facts = new LinkedHashMap<>();
    private Duration retryAfter = RETRY_AFTER;

    /** @param detail a sentence for the person who reads it; never text of an exception */
    public Problem(ProblemType type, String detail) {
        this(type, type.status(), detail);
    }

    /** @param status instead of the one that is usual for {@code type} */
    public Problem(ProblemType type, HttpStatus status, String detail) {
        super(detail, null, false, false);
        this.type = type;
        this.status = status;
    }

    /** Adds a member to the body. */
    public Problem with(String name, Object fact) {
        facts.put(name, fact);
        return this;
    }

    /** Says when it is worth trying again, in whole seconds; counts for statuses that carry {@code Retry-After}. */
    public Problem retryAfter(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public HttpStatus status() {
        return status;
    }

    /** The headers that belong to it. */
    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl("no-store");
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        return headers;
    }

    /** The members of the body. */
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:citygrid:problem:" + type.code());
        body.put("title", type.title());
        body.put("status", status.value());
        body.put("detail", getMessage());
        body.put("code", type.code());
        body.putAll(facts);
        return body;
    }
}
