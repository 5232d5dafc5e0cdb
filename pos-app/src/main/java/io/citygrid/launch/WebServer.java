package io.citygrid.launch;

import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.security.GridLogin;
import io.citygrid.web.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The running web app. */
public final class WebServer implements AutoCloseable {
    /** Stands for an application that is for no city in particular. */
    public static final int ANY_CITY = 0;

    private final ConfigurableApplicationContext context;
    private final Path scratch;

    private WebServer(ConfigurableApplicationContext context, Path scratch) {
        this.context = context;
        this.scratch = scratch;
    }

    /**
     * Tomcat would otherwise serve the files of a folder named {@code public} or {@code static} in whatever folder the program
     * was started from.
     */
    private record EmptyDocumentRoot(Path folder)
            implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {
        @Override
        public void customize(ConfigurableServletWebServerFactory factory) {
            factory.setDocumentRoot(folder.toFile());
        }
    }

    /**
     * Starts it and returns when it answers, whether the grid does or not.
     *
     * @param grid the nodes, the own city's first, and the application's own login
     * @param cityId the city that it is for, or {@link #ANY_CITY}
     * @param access who may come in, and where that is written down
     * @param temporary where it may put files while it runs
     * @throws CannotStart if the port is taken
     */
    public static WebServer start(
            String host, int port, GridClientSettings grid, int cityId, WebAccess access, Path temporary) {
        Ports.require(host, port, "web app", "--port");
        SpringApplication application = new SpringApplication(WebApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        // Whoever started it stops it, in the order that suits the other parts.
        application.setRegisterShutdownHook(false);
        try {
            Path scratch = Files.createTempDirectory(temporary, "citygrid-web-");
            Path documents = Files.createDirectory(scratch.resolve("documents"));
            application.addInitializers((GenericApplicationContext context) -> {
                context.registerBean(EmptyDocumentRoot.class, () -> new EmptyDocumentRoot(documents));
                GridLogin login = grid.login();
                if (login != null) {
                    // As a bean, because properties are shown by actuators and logs.
                    context.registerBean(GridLogin.class, () -> login);
                }
            });
            try {
                List<String> properties = new ArrayList<>(List.of(
                        "--server.address=" + host,
                        "--server.port=" + port,
                        "--server.tomcat.basedir=" + scratch.resolve("tomcat"),
                        "--citygrid.grid.addresses=" + String.join(",", grid.addresses()),
                        "--citygrid.city-id=" + cityId,
                        "--spring.lifecycle.timeout-per-shutdown-phase=5s"));
                properties.addAll(access.properties());
                return new WebServer(application.run(properties.toArray(String[]::new)), scratch);
            } catch (RuntimeException notStarted) {
                FileTree.delete(scratch);
                throw notStarted;
            }
        } catch (IOException notWritable) {
            throw new CannotStart(
                    "folder " + temporary + " cannot be written to: " + notWritable.getMessage(), notWritable);
        }
    }

    /** Finishes requests under way, within some seconds, and stops. */
    @Override
    public void close() throws IOException {
        context.close();
        FileTree.delete(scratch);
    }
}
