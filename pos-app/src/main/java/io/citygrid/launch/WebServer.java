package io.citygrid.launch;

import io.citygrid.web.WebApplication;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** The running web app. */
public final class WebServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it and returns when it answers, whether the grid does or not.
     *
     * @param grid {@code host:port} of nodes, the own city's first
     * @throws CannotStart if the port is taken
     */
    public static WebServer start(String host, int port, List<String> grid) {
        SpringApplication application = new SpringApplication(WebApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        // Whoever started it stops it, in the order that suits the other parts.
        application.setRegisterShutdownHook(false);
        try {
            return new WebServer(application.run(
                    "--server.address=" + host,
                    "--server.port=" + port,
                    "--citygrid.grid.addresses=" + String.join(",", grid),
                    "--spring.lifecycle.timeout-per-shutdown-phase=5s"));
        } catch (PortInUseException taken) {
            throw new CannotStart(
                    "port " + port + " (web app) is in use: stop what uses it, or choose another with --port", taken);
        }
    }

    /** Finishes requests under way, within some seconds, and stops. */
    @Override
    public void close() {
        context.close();
    }
}
