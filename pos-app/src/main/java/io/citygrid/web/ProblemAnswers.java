package io.citygrid.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends problems, from wherever in the application something goes wrong. */
@Component
public final class ProblemAnswers {
    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final String API = "/api/";

    private final JsonMapper json;

    ProblemAnswers(JsonMapper json) {
        this.json = json;
    }

    /** Whether {@code request} is for the REST interface, where everything that goes wrong is a problem and not a page. */
    public static boolean concern(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return (path + "/").startsWith(API);
    }

    /** Answers with {@code problem} and nothing of what was prepared before. */
    public void send(HttpServletRequest request, HttpServletResponse response, Problem problem, HttpHeaders headers) {
        response.reset();
        response.setStatus(problem.status().value());
        add(response, headers);
        add(response, problem.headers());
        SecurityHeaders.set(request, response);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            json.writeValue(response.getOutputStream(), problem.body());
        } catch (IOException | RuntimeException callerGone) {
            log.debug("an answer could not be sent: {}", callerGone.toString());
        }
    }

    private static void add(HttpServletResponse response, HttpHeaders headers) {
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }
}
