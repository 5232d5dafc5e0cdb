package io.citygrid.web;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.security.GridLogin;
import io.citygrid.security.tls.TlsSettings;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The web application of a city: registers' REST interface and pages, over thin clients of the grid. It starts without a grid
 * and connects when one is there.
 */
@SpringBootApplication(scanBasePackages = "io.citygrid")
public class WebApplication {
    /**
     * The only way from here into the grid.
     *
     * @param addresses {@code host:port} of nodes separated by commas, those of the own city first
     * @param tls the file of {@link TlsSettings}; empty for a grid without TLS
     * @param login the application's own, if the grid has users
     */
    @Bean
    GridClient gridClient(
            @Value("${citygrid.grid.addresses}") String addresses,
            @Value("${citygrid.grid.tls:}") String tls,
            ObjectProvider<GridLogin> login) {
        return new GridClient(GridClientSettings.of(addresses)
                .withTls(tls.isEmpty() ? null : TlsSettings.read(Path.of(tls)))
                .withLogin(login.getIfAvailable()));
    }
}
