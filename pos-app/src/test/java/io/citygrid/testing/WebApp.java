package io.citygrid.testing;

import io.citygrid.launch.WebTls;
import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import io.citygrid.security.tls.TlsSettings;
import io.citygrid.web.WebApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The web application on a free port, with {@link WebUsers} and an audit log of its own, and clients that speak HTTP to it: as
 * the administrator unless it says otherwise.
 */
public final class WebApp implements AutoCloseable {
    private final ConfigurableApplicationContext application;
    private final Path folder;
    private final HttpCaller admin;
    private final @Nullable SSLContext trust;
    private final String scheme;

    /**
     * Starts it.
     *
     * @param gridAddresses of nodes, or one where nobody listens
     * @param additions configuration besides the application's own
     */
    public WebApp(String gridAddresses, Class<?>... additions) {
        this(newFolder(), gridAddresses, true, null, null, additions);
    }

    /**
     * Starts it with TLS.
     *
     * @param tls its keys
     * @param trust whom its callers trust
     */
    public static WebApp withTls(String gridAddresses, TlsSettings tls, SSLContext trust) {
        return new WebApp(newFolder(), gridAddresses, true, tls, trust);
    }

    private WebApp(
            Path folder,
            String gridAddresses,
            boolean users,
            @Nullable TlsSettings tls,
            @Nullable SSLContext trust,
            Class<?>... additions) {
        this.folder = folder;
        this.trust = trust;
        this.scheme = WebTls.scheme(tls);
        List<Class<?>> sources = new ArrayList<>(Arrays.asList(additions));
        sources.add(WebApplication.class);
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--citygrid.grid.addresses=" + gridAddresses,
                "--citygrid.users.file=" + (users ? WebUsers.write(folder) : ""),
                "--citygrid.audit.folder=" + auditFolder(),
                "--spring.main.banner-mode=off"));
        settings.addAll(WebTls.settings(tls));
        application = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        context -> context.registerBean(GridLogin.class, () -> TestUsers.login(Role.POS_APP)))
                .run(settings.toArray(String[]::new));
        admin = users ? as(WebUsers.ADMIN) : nobody();
    }

    /** One that was started without a users file. */
    public static WebApp open(String gridAddresses) {
        return new WebApp(newFolder(), gridAddresses, false, null, null);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("citygrid-web-test");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:"
                + application.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    public Path auditFolder() {
        return folder.resolve("audit");
    }

    /** Gives it other users, as an operator does while it runs. */
    public void replaceUsers(Map<String, String> users) {
        WebUsers.write(folder, users);
    }

    /** Gives it the usual users again. */
    public void restoreUsers() {
        WebUsers.write(folder);
    }

    /** Speaks HTTP Basic as {@code user}. */
    public HttpCaller as(String user) {
        return as(user, WebUsers.password(user));
    }

    public HttpCaller as(String user, String password) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new HttpCaller(this, Map.of("Authorization", "Basic " + basic), trust);
    }

    /** Does not say who it is. */
    public HttpCaller nobody() {
        return new HttpCaller(this, Map.of(), trust);
    }

    public HttpCaller.Answer get(String path) {
        return admin.get(path);
    }

    public HttpCaller.Answer post(String path, String json) {
        return admin.post(path, json);
    }

    public HttpCaller.Answer send(String method, String path, String contentType, String body) {
        return admin.send(method, path, contentType, body);
    }

    @Override
    public void close() {
        application.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
