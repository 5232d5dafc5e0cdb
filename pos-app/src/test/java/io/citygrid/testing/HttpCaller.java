package io.citygrid.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who speaks HTTP to a {@link WebApp}, with cookies of their own; redirects are theirs to follow. */
public final class HttpCaller {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An answer with its body as JSON; pages are read as text. */
    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The bare code of a problem. */
        public String code() {
            return json().path("code").asString();
        }

        public String body() {
            return response.body();
        }
    }

    private final WebApp app;
    private final Map<String, String> headers;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;

    /** @param trust whose certificates it believes; {@code null} for those that Java believes */
    HttpCaller(WebApp app, Map<String, String> headers, @Nullable SSLContext trust) {
        this.app = app;
        this.headers = headers;
        HttpClient.Builder builder = HttpClient.newBuilder().cookieHandler(cookies);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    public Answer get(String path) {
        return send(request(path));
    }

    public Answer post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    public Answer send(String method, String path, String contentType, String body) {
        return send(request(path).method(method, BodyPublishers.ofString(body)).header("Content-Type", contentType));
    }

    /** A request to {@code path} with what this caller always sends. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(app.uri(path));
        headers.forEach(request::header);
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(ANSWER_WITHIN).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** The value of a cookie that it was given; empty if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().get(URI.create(app.uri("/").toString())).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse("");
    }
}
