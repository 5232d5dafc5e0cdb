package io.citygrid.testing;

import io.citygrid.launch.WebTls;
import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import io.citygrid.security.tls.TlsSettings;
import io.citygrid.web.WebApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The web application on a free port, and a client that speaks HTTP to it. */
public final class WebApp implements AutoCloseable {
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
    }

    private final ConfigurableApplicationContext application;
    private final HttpClient client;
    private final String scheme;

    /**
     * Starts it.
     *
     * @param gridAddresses of nodes, or one where nobody listens
     * @param additions configuration besides the application's own
     */
    public WebApp(String gridAddresses, Class<?>... additions) {
        this(gridAddresses, null, HttpClient.newHttpClient(), additions);
    }

    /**
     * Starts it with TLS.
     *
     * @param tls its keys; {@code null} for none
     * @param client a browser, which trusts whom it trusts
     */
    public WebApp(String gridAddresses, TlsSettings tls, HttpClient client, Class<?>... additions) {
        this.client = client;
        this.scheme = WebTls.scheme(tls);
        List<Class<?>> sources = new ArrayList<>(List.of(additions));
        sources.add(WebApplication.class);
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0", "--citygrid.grid.addresses=" + gridAddresses, "--spring.main.banner-mode=off"));
        settings.addAll(WebTls.settings(tls));
        application = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        context -> context.registerBean(GridLogin.class, () -> TestUsers.login(Role.POS_APP)))
                .run(settings.toArray(String[]::new));
    }

    public URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:"
                + application.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    public Answer post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    public Answer send(String method, String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", contentType));
    }

    private Answer send(HttpRequest.Builder request) {
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

    @Override
    public void close() {
        application.close();
    }
}
