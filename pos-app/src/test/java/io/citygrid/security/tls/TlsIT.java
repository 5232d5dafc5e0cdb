package io.citygrid.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.node.GridNode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.NodeStart;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import io.citygrid.security.tls.certs.KeyFolder;
import io.citygrid.security.tls.certs.Validity;
import io.citygrid.testing.FreePorts;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.NodeProcesses;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import io.citygrid.testing.UtilityProcess;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WireTap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.ignite.Ignition;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.client.SslMode;
import org.apache.ignite.configuration.ClientConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid with TLS on every port: who has the right keys gets in everywhere, who has not is told why within seconds. */
class TlsIT {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    private static final String NODE = TestGrid.NODE_KEYS;
    private static final String OLD = "old";

    @TempDir
    private static Path directory;

    private static KeyFolder keys;
    private static KeyFolder others;
    private static TestPostgres postgres;
    private static TestGrid.Layout layout;
    private static TestGrid grid;
    private static GridClient client;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        keys = folder("keys", List.of(KeyFolder.APP, KeyFolder.CLIENT, NODE));
        others = folder("others", List.of(NODE));
        // Of the right authority, a month too old.
        new KeyFolder(directory.resolve("keys"), new Validity(Duration.ofDays(40), 10)).makeKeys(OLD, Set.of());
        postgres = new TestPostgres(directory);
        layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings()).with(keys);
        grid = new TestGrid(layout);
        client = grid.connect();
        shop = Shop.open(client);
    }

    private static KeyFolder folder(String name, List<String> programs) {
        KeyFolder made = new KeyFolder(directory.resolve(name), Validity.days(1));
        made.makeAuthority();
        programs.forEach(program -> made.makeKeys(program, Set.of()));
        return made;
    }

    @AfterAll
    static void close() {
        new Invariants(grid, postgres).check();
        client.close();
        grid.close();
        postgres.close();
    }

    @Test
    void whoHasTheKeysGetsInByEveryDoor() throws Exception {
        Receipt receipt = sale();

        try (IgniteClient thin = Ignition.startClient(thin(settings(keys, KeyFolder.CLIENT)))) {
            assertThat(thin.cache(GridCaches.ORDERS.name()).size()).isPositive();
        }
        try (Connection sql = DriverManager.getConnection(jdbc(settings(keys, KeyFolder.CLIENT)));
                ResultSet rows = sql.createStatement().executeQuery("SELECT COUNT(*) FROM orders")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isPositive();
        }
        try (WebApp app = WebApp.withTls(grid.addresses(), settings(keys, KeyFolder.APP), trust())) {
            assertThat(app.uri("/")).hasScheme("https");
            assertThat(app.get("/api/orders/" + receipt.orderId())
                            .json()
                            .path("orderNo")
                            .asLong())
                    .isEqualTo(receipt.orderNo());
            assertSpeaksTls13Alone(app.uri("/").getPort());
            assertThat(catchThrowable(() -> HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(app.uri("/")).build(), BodyHandlers.ofString())))
                    .as("a browser that does not know the authority")
                    .isInstanceOf(SSLException.class);
        }
        URI metrics = URI.create("https://127.0.0.1:" + layout.metricsPort("karachi-1") + "/metrics");
        assertThat(HttpClient.newBuilder()
                        .sslContext(trust())
                        .build()
                        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body())
                .contains("citygrid_");
        NodeSettings node = layout.settings("karachi-1");
        for (int port : List.of(node.thinPort(), node.discoveryPort(), node.communicationPort(), node.metricsPort())) {
            assertSpeaksTls13Alone(port);
        }
    }

    @Test
    void theControlUtilityGetsInWithItsKeysAndNotWithout() {
        String address = layout.settings("karachi-1").thinAddress();

        assertThat(UtilityProcess.run(directory, address, keys.settings(KeyFolder.CLIENT), "--baseline"))
                .contains("Cluster state: ACTIVE", "karachi-1")
                .doesNotContain(
                        "Warning",
                        settings(keys, KeyFolder.CLIENT).keys().password(),
                        settings(keys, KeyFolder.CLIENT).trust().password());
        for (Path wrong : List.of(others.settings(NODE), keys.settings(OLD))) {
            assertThat(UtilityProcess.run(directory, address, wrong, "--baseline"))
                    .doesNotContain("Cluster state");
        }
        assertThat(UtilityProcess.run(directory, address, null, "--baseline")).doesNotContain("Cluster state");
    }

    @Test
    void nobodyStartsBeansByTheControlUtility() {
        assertThat(UtilityProcess.run(directory, layout.settings("karachi-1").thinAddress(), null, "--cache", "create"))
                .contains("pos: the grid refuses --cache create", "CREATE TABLE");
    }

    @Test
    void aClientWithoutTheKeysIsToldWhy() {
        assertTold(null, "it speaks TLS and this program does not", "--tls");
        assertTold(settings(others, NODE), "its certificate comes from an authority that", "/others/node/trust.p12");
        assertTold(settings(keys, OLD), "does not accept this program's certificate", "expired on");
    }

    /** As tools of others that know nothing of this product's words. */
    @Test
    void toolsOfOthersWithoutTheKeysAreRefusedAtOnce() {
        for (TlsSettings wrong : List.of(settings(others, NODE), settings(keys, OLD))) {
            assertQuick(() -> assertThatThrownBy(
                            () -> Ignition.startClient(thin(wrong)).close())
                    .isInstanceOf(RuntimeException.class));
            assertQuick(() -> assertThatThrownBy(
                            () -> DriverManager.getConnection(jdbc(wrong)).close())
                    .isInstanceOf(SQLException.class));
        }
        assertQuick(() -> assertThatThrownBy(() -> DriverManager.getConnection("jdbc:ignite:thin://"
                                + layout.settings("karachi-1").thinAddress())
                        .close())
                .isInstanceOf(SQLException.class));
    }

    @Test
    void aNodeThatTheOthersDoNotTrustDoesNotStart() {
        assertStops(further(settings(others, NODE)), "authority", "must not become a cluster of its own");
        assertStops(further(settings(keys, OLD)), "expired on", "renew");
        assertStops(further(null), "it speaks TLS and this program does not", "must not become a cluster of its own");
        // Its keys are good for a client, and a client is not a node.
        assertStops(further(settings(keys, KeyFolder.CLIENT)), "must come from an authority", "made for this use");
        assertThat(grid.node().cluster().nodes()).hasSize(TestGrid.NAMES.size());
    }

    @Test
    void aNodeOfItsOwnProcessSaysSoAndEnds() throws Exception {
        NodeSettings stranger = further(settings(others, NODE));
        try (NodeProcesses processes = new NodeProcesses()) {
            processes.start(stranger);
            assertThat(processes.awaitOwnEnd(stranger.name())).isEqualTo(1);
        }
        assertThat(Files.readString(stranger.directory().resolve("output.txt")))
                .contains("pos: node karachi-3 did not start: no node of the cluster and this one trust each other");
    }

    /** Rows pass by the tap in both directions, and nobody who listens can read one. */
    @Test
    void whoListensReadsNothing() throws Exception {
        int ports = FreePorts.row(5);
        NodeSettings node = layout.settings("karachi-1");
        OrderRequest request;
        try (WireTap ofClients = new WireTap(ports, node.thinPort());
                WireTap ofNodes = new WireTap(ports + 1, node.discoveryPort())) {
            NodeSettings joining = further(settings(keys, NODE), ports + 2, List.of("127.0.0.1:" + (ports + 1)));
            try (GridClient tapped = new GridClient(
                            TestUsers.admin("127.0.0.1:" + ports).withTls(settings(keys, KeyFolder.CLIENT)));
                    GridNode joined = NodeStart.start(joining)) {
                assertThat(joined.ignite().cluster().nodes()).hasSize(TestGrid.NAMES.size() + 1);
                StoreKey store = shop.store(Shop.KARACHI);
                int tea = shop.product("4.50");
                shop.stock(store, tea, 10);
                request = Shop.basket(store, Shop.line(tea, 1));
                client.processOrder(request);
                assertThat(tapped.get(GridCaches.PRODUCTS, tea).name()).isEqualTo("Tea no. " + tea);
            }
            for (WireTap tap : List.of(ofClients, ofNodes)) {
                assertThat(tap.seen().length).as("bytes that passed by").isGreaterThan(5_000);
                String seen = new String(tap.seen(), StandardCharsets.ISO_8859_1);
                assertThat(seen)
                        .doesNotContain("Tea no.")
                        .doesNotContain(request.orderId().toString())
                        .doesNotContain("karachi-1")
                        .doesNotContain("CITY_ID")
                        .doesNotContain("io.citygrid")
                        .doesNotContain("org.apache.ignite");
            }
        }
    }

    private static Receipt sale() {
        StoreKey store = shop.store(Shop.LAHORE);
        int tea = shop.product("2.00");
        shop.stock(store, tea, 5);
        return shop.sold(Shop.basket(store, Shop.line(tea, 2)));
    }

    private static TlsSettings settings(KeyFolder folder, String program) {
        return TlsSettings.read(folder.settings(program));
    }

    private static ClientConfiguration thin(TlsSettings tls) {
        return new ClientConfiguration()
                .setAddresses(layout.settings("karachi-1").thinAddress())
                .setTimeout((int) TOLD_WITHIN.toMillis())
                .setSslMode(SslMode.REQUIRED)
                .setUserName(TestUsers.login(Role.CENTRAL_ADMIN).user())
                .setUserPassword(TestUsers.login(Role.CENTRAL_ADMIN).password())
                .setSslContextFactory(GridTls.ofClient(tls));
    }

    private static String jdbc(TlsSettings tls) {
        return "jdbc:ignite:thin://" + layout.settings("karachi-1").thinAddress() + JdbcTls.parameters(tls) + "&user="
                + TestUsers.login(Role.CENTRAL_ADMIN).user() + "&password="
                + TestUsers.login(Role.CENTRAL_ADMIN).password();
    }

    /** Trusts the authority, and shows nothing. */
    private static SSLContext trust() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(OwnCertificate.open(settings(keys, KeyFolder.CLIENT).trust()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void assertSpeaksTls13Alone(int port) throws IOException {
        SSLContext context = GridTls.ofClient(settings(keys, NODE)).create();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThat(catchThrowable(socket::startHandshake))
                    .as("TLS 1.2 at port %s", port)
                    .isInstanceOf(IOException.class);
        }
    }

    private static void assertTold(TlsSettings tls, String... words) {
        long begun = System.nanoTime();
        try (GridClient refused =
                new GridClient(TestUsers.admin(layout.addresses()).withTls(tls))) {
            assertThatThrownBy(() -> refused.query("SELECT 1"))
                    .isInstanceOf(OutcomeUnknown.class)
                    .hasMessageContainingAll(words);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TOLD_WITHIN);
    }

    private static void assertQuick(Runnable refusal) {
        long begun = System.nanoTime();
        refusal.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TOLD_WITHIN);
    }

    private static void assertStops(NodeSettings node, String... words) {
        assertThatThrownBy(() -> NodeStart.start(node).close())
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll(words);
    }

    private static NodeSettings further(TlsSettings tls) {
        return further(tls, FreePorts.row(3), layout.settings("karachi-1").peers());
    }

    private static NodeSettings further(TlsSettings tls, int firstPort, List<String> peers) {
        NodeSettings like = layout.further("karachi-3", Shop.KARACHI, firstPort);
        return new NodeSettings(
                        like.name(),
                        like.cityIds(),
                        like.host(),
                        like.thinPort(),
                        like.discoveryPort(),
                        like.communicationPort(),
                        peers,
                        like.founders(),
                        like.directory(),
                        like.regionBytes(),
                        like.survivalGoal(),
                        like.cityLoss(),
                        like.writeThrough(),
                        like.wanLatency(),
                        like.databases(),
                        false)
                .withSecrets(tls, null)
                .withSecurity(like.security());
    }
}
