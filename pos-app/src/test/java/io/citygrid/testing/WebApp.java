package io.citygrid.testing;

import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
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

    /**
     * Starts it.
     *
     * @param gridAddresses of nodes, or one where nobody listens
     * @param additions configuration besides the application's own
     */
    public WebApp(String gridAddresses, Class<?>... additions) {
        this(newFolder(), gridAddresses, true, additions);
    }

    private WebApp(Path folder, String gridAddresses, boolean users, Class<?>... additions) {
        this.folder = folder;
        List<Class<?>> sources = new ArrayList<>(Arrays.asList(additions));
        sources.add(WebApplication.class);
        application = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        context -> context.registerBean(GridLogin.class, () -> TestUsers.login(Role.POS_APP)))
                .run(
                        "--server.port=0",
                        "--citygrid.grid.addresses=" + gridAddresses,
                        "--citygrid.users.file=" + (users ? WebUsers.write(folder) : ""),
                        "--citygrid.audit.folder=" + auditFolder(),
                        "--spring.main.banner-mode=off");
        admin = users ? as(WebUsers.ADMIN) : nobody();
    }

    /** One that was started without a users file. */
    public static WebApp open(String gridAddresses) {
        return new WebApp(newFolder(), gridAddresses, false);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("citygrid-web-test");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port") + path);
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
        return new HttpCaller(this, Map.of("Authorization", "Basic " + basic));
    }

    /** Does not say who it is. */
    public HttpCaller nobody() {
        return new HttpCaller(this, Map.of());
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
