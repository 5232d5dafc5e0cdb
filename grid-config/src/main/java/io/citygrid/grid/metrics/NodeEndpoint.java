package io.citygrid.grid.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.citygrid.grid.metrics.NodeHealth.Verdict;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's answers over HTTP: {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for supervisors. It
 * has some threads of its own and never more, reads nothing but the request line, and changes nothing.
 */
public final class NodeEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeEndpoint.class);

    private static final int THREADS = 4;
    private static final int WAITING_MAX = 16;
    private static final Duration TURN_WITHIN = Duration.ofSeconds(2);
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    /** The JDK's server reads them once for the whole process: a client that sends or reads nothing must not keep a thread. */
    private static final List<String> SECONDS_MAX =
            List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime");

    private final HttpServer server;
    private final ThreadPoolExecutor executor;

    /** Reading the grid may take long in bad times; whoever asks meanwhile is told so, and the other threads stay free. */
    private final Semaphore reading = new Semaphore(1);

    private volatile @Nullable NodeHealth health;
    private volatile @Nullable Supplier<String> metrics;

    private record Answer(int status, String type, String text) {}

    private NodeEndpoint(String node, HttpServer server) {
        this.server = server;
        this.executor = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), work -> {
                    Thread thread = new Thread(work, "node-endpoint-" + node);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /**
     * Begins to answer; that the node starts, for now.
     *
     * @throws IllegalStateException if the port is taken
     */
    public static NodeEndpoint open(String node, String host, int port) {
        return open(node, host, port, null);
    }

    /**
     * As {@link #open(String, String, int)}, over HTTPS.
     *
     * @param tls what it shows who it is with; who asks shows nothing. {@code null} for HTTP
     */
    public static NodeEndpoint open(String node, String host, int port, @Nullable SSLContext tls) {
        SECONDS_MAX.stream()
                .filter(property -> System.getProperty(property) == null)
                .forEach(property -> System.setProperty(property, "10"));
        try {
            InetSocketAddress address = new InetSocketAddress(host, port);
            NodeEndpoint endpoint =
                    new NodeEndpoint(node, tls == null ? HttpServer.create(address, 0) : https(address, tls));
            endpoint.server.start();
            return endpoint;
        } catch (IOException taken) {
            throw new IllegalStateException(
                    "its port for metrics, " + port + ", cannot be used (" + taken.getMessage()
                            + "); choose another with --metrics-port",
                    taken);
        }
    }

    private static HttpServer https(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters modern = getSSLContext().getDefaultSSLParameters();
                modern.setProtocols(new String[] {TlsSettings.PROTOCOL});
                parameters.setSSLParameters(modern);
            }
        });
        return server;
    }

    /** From now on answers with what the node says. */
    public void serve(NodeHealth node, Supplier<String> scrape) {
        health = node;
        metrics = scrape;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = exchange.getRequestMethod().equals("GET")
                        ? answer(exchange.getRequestURI().getPath())
                        : new Answer(405, TEXT_TYPE, "only GET is answered\n");
            } catch (RuntimeException failed) {
                log.debug("a request could not be answered", failed);
                answer = new Answer(503, TEXT_TYPE, "it cannot be said now\n");
            }
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private Answer answer(String path) {
        NodeHealth node = health;
        Supplier<String> scrape = metrics;
        return switch (path) {
            case "/health/live" -> node == null ? text(200, "starting\n") : verdict("live", node.live());
            case "/health/ready" ->
                node == null ? text(503, "starting\n") : inTurn(() -> verdict("ready", node.ready()));
            case "/metrics" ->
                scrape == null ? text(503, "starting\n") : inTurn(() -> new Answer(200, METRICS_TYPE, scrape.get()));
            default -> text(404, "there are /metrics, /health/live and /health/ready\n");
        };
    }

    private static Answer verdict(String well, Verdict verdict) {
        return verdict.ok() ? text(200, well + "\n") : text(503, String.join("\n", verdict.problems()) + "\n");
    }

    private static Answer text(int status, String text) {
        return new Answer(status, TEXT_TYPE, text);
    }

    private Answer inTurn(Supplier<Answer> read) {
        try {
            if (!reading.tryAcquire(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return text(503, "the node is busy with answering others\n");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return text(503, "the node stops\n");
        }
        try {
            return read.get();
        } finally {
            reading.release();
        }
    }

    /** Stops answering at once. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
