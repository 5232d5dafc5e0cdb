package io.citygrid.grid.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node answers over HTTP before it has joined, and what it does not answer. */
class NodeEndpointTest {
    private static final String HOST = "127.0.0.1";

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private NodeEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            port = free.getLocalPort();
        }
        endpoint = NodeEndpoint.open("karachi-1", HOST, port);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aNodeThatStartsLivesAndIsNotReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).isEqualTo("starting\n");
        assertThat(get("/metrics").statusCode()).isEqualTo(503);
    }

    @Test
    void nothingElseIsThereAndNothingIsTaken() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void clientsThatSayNothingKeepNobodyWaiting() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket(HOST, port);
                silent.add(socket);
                if (i < 3) {
                    socket.getOutputStream().write("GET /metrics HTT".getBytes(StandardCharsets.US_ASCII));
                }
            }
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheOption() {
        assertThatThrownBy(() -> NodeEndpoint.open("karachi-2", HOST, port))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(String.valueOf(port), "--metrics-port");
    }

    private URI uri(String path) {
        return URI.create("http://" + HOST + ":" + port + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
    }
}
