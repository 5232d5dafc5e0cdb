package io.citygrid.security;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.NotAllowed;
import io.citygrid.grid.node.GridNode;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.security.audit.AuditReader;
import io.citygrid.security.plugin.Refusal;
import io.citygrid.testing.NodeProcesses;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteAtomicLong;
import org.apache.ignite.cache.query.ContinuousQuery;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.client.ClientAuthenticationException;
import org.apache.ignite.cluster.ClusterState;
import org.apache.ignite.configuration.CacheConfiguration;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what, tried: every role, at every door of the grid, with everything that one could think of. What must come of it is
 * read from the policy; what was refused must have changed nothing. Two of the four nodes are processes of their own.
 */
class SecurityTableIT {
    /** What Ignite says of a thing that is not there, to somebody who may do it. */
    private static final String NOT_THERE =
            "(?s).*(doesn't exist|does not exist|not found|is not running|no such|been finished|is not alive).*";

    /** How Ignite's own refusals read; the control utility asks whoever gives no login for one. */
    private static final List<String> REFUSALS = List.of(
            "password is incorrect",
            "Authentication error",
            "too many wrong passwords",
            "Active transactions per connection limit",
            "is disallowed",
            "Remote job threw exception",
            "Failed to securely read password",
            "Access to Ignite Internal tasks is restricted",
            "User is not authorized",
            "users are kept in a file");

    @TempDir
    static Path directory;

    private static TestPostgres postgres;
    private static TestGrid.Layout layout;
    private static final NodeProcesses processes = new NodeProcesses();
    private static final List<GridNode> nodes = new ArrayList<>();
    private static boolean prepared;
    private static StoreKey karachi;
    private static StoreKey lahore;
    private static int tea;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres(directory);
        layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
        for (String name : List.of("karachi-1", "lahore-1")) {
            processes.start(layout.settingsOfProcess(name));
        }
        for (String name : List.of("karachi-2", "lahore-2")) {
            nodes.add(GridNode.start(layout.settings(name)));
        }
        nodes.forEach(node -> node.awaitServing(Duration.ofSeconds(90)));
        for (String name : List.of("karachi-1", "lahore-1")) {
            processes.awaitServing(layout.settingsOfProcess(name));
        }
        try (GridClient admin = new GridClient(TestUsers.admin(layout.addresses()))) {
            Shop shop = Shop.open(admin);
            karachi = shop.store(Shop.KARACHI);
            lahore = shop.store(Shop.LAHORE);
            tea = shop.product("3.00");
            shop.stock(karachi, tea, 1_000);
            shop.stock(lahore, tea, 1_000);
        }
        node().services().deployClusterSingleton("till", new Till.Ringing());
    }

    @AfterAll
    static void stop() {
        nodes.forEach(GridNode::close);
        processes.close();
        postgres.close();
    }

    private static Ignite node() {
        return nodes.get(0).ignite();
    }

    @Test
    void everyRoleMayDoWhatThePolicySaysAndNothingElse() throws Exception {
        Policy policy = Policy.shipped();
        Map<String, @Nullable GridLogin> visitors = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            visitors.put(role.setting(), TestUsers.login(role));
        }
        // After the others, whom it would hold up otherwise: too many wrong passwords come from the address.
        visitors.put("nobody", null);
        visitors.put("stranger", new GridLogin("central_admin", "a password that is not right"));
        SoftAssertions cells = new SoftAssertions();
        int tried = 0;
        for (Map.Entry<String, @Nullable GridLogin> entry : visitors.entrySet()) {
            Role role = entry.getValue() == null || entry.getKey().equals("stranger") ? null : Role.of(entry.getKey());
            try (Visitor visitor = new Visitor(layout.settings("karachi-1").thinAddress(), entry.getValue())) {
                for (GridAction action : GridAction.all(basket(karachi, line(tea, 1)))) {
                    prepare(role);
                    String before = watched();
                    String outcome = outcome(action, visitor);
                    if (action.name().equals(GridAction.CLEAR) && watched().equals(before)) {
                        outcome = "refused";
                    }
                    boolean allowed = role != null && action.allowed().test(policy, role);
                    cells.assertThat(outcome)
                            .as("%s, %s", entry.getKey(), action)
                            .isEqualTo(allowed ? "allowed" : "refused");
                    if (!allowed) {
                        cells.assertThat(watched())
                                .as("%s, %s, afterwards", entry.getKey(), action)
                                .isEqualTo(before);
                    }
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(visitors.size() * 60);
        cells.assertAll();
    }

    private static String outcome(GridAction action, Visitor visitor) {
        try {
            action.attempt().by(visitor);
            return "allowed";
        } catch (Exception failure) {
            String all = all(failure);
            if (failure instanceof ClientAuthenticationException
                    || Refusal.in(failure) != null
                    || REFUSALS.stream().anyMatch(all::contains)) {
                return "refused";
            }
            return all.matches(NOT_THERE) ? "allowed" : "failed: " + all;
        }
    }

    private static String all(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            all.append(at.getClass().getSimpleName())
                    .append(": ")
                    .append(at.getMessage())
                    .append('\n');
        }
        return all.toString();
    }

    /** Makes anew what the one before, if allowed, may have changed. */
    private static void prepare(@Nullable Role role) {
        node().cluster().state(ClusterState.ACTIVE);
        GridCaches.CATEGORIES.on(node()).put(GridAction.ROW, GridAction.row());
        GridCaches.CATEGORIES.on(node()).remove(GridAction.ROW + 1);
        if (role == Role.CENTRAL_ADMIN || !prepared) {
            sql("CREATE TABLE IF NOT EXISTS " + GridAction.SCRATCH + " (id INT PRIMARY KEY, text VARCHAR, other INT)");
            sql("ALTER TABLE " + GridAction.SCRATCH + " DROP COLUMN IF EXISTS more");
            sql("ALTER TABLE " + GridAction.SCRATCH + " ADD COLUMN IF NOT EXISTS other INT");
            sql("CREATE INDEX IF NOT EXISTS " + GridAction.SCRATCH + "_index ON " + GridAction.SCRATCH + " (text)");
            sql("DROP INDEX IF EXISTS " + GridAction.SCRATCH + "_more");
            node().getOrCreateCache(new CacheConfiguration<>(GridAction.SCRATCH + "_cache"));
            node().destroyCache(GridAction.SCRATCH);
            IgniteAtomicLong number = node().atomicLong("intruder", 1, false);
            if (number != null) {
                number.close();
            }
        }
        // Who comes after the administrator finds everything as the administrator did.
        prepared = role != Role.CENTRAL_ADMIN;
    }

    /** Everything that is tried on. */
    private static String watched() {
        return copies()
                + GridCaches.CATEGORIES.on(node()).get(GridAction.ROW)
                + GridCaches.CATEGORIES.on(node()).containsKey(GridAction.ROW + 1)
                + sql("SELECT COUNT(*) FROM categories")
                + sql("SELECT COUNT(*), SUM(quantity) FROM inventory")
                + sql("SELECT COUNT(*) FROM orders")
                + sql("SELECT COUNT(*) FROM SYS.TABLE_COLUMNS")
                + sql("SELECT COUNT(*) FROM SYS.INDEXES")
                + sql("SELECT COUNT(*) FROM SYS.VIEWS")
                + node().cacheNames().stream().sorted().toList()
                + node().cluster().state();
    }

    /** Whether nodes have the tried row in memory. */
    private static String copies() {
        return nodes.stream()
                .map(node -> GridCaches.CATEGORIES.on(node.ignite()).localPeek(GridAction.ROW) != null)
                .toList()
                .toString();
    }

    private static List<List<?>> sql(String statement) {
        // The engine refuses while nodes come and go, and says: retry.
        return await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(failure -> all(failure).contains("retry on stable topology"))
                .until(
                        () -> GridCaches.ORDERS
                                .on(node())
                                .query(new SqlFieldsQuery(statement).setSchema(GridCaches.SQL_SCHEMA))
                                .getAll(),
                        rows -> true);
    }

    @Test
    void whatIgniteRefusesInSilenceIsWrittenDown() throws Exception {
        Instant before = Instant.now();
        try (Visitor analyst = new Visitor(layout.settings("karachi-1").thinAddress(), TestUsers.login(Role.ANALYST))) {
            analyst.thin().cache(GridCaches.CATEGORIES.name()).clear(GridAction.ROW);
        }
        await().untilAsserted(
                        () -> assertThat(new AuditReader(TestUsers.security().audit())
                                        .newest(
                                                100,
                                                event -> event.outcome() == AuditOutcome.REFUSED
                                                        && event.user()
                                                                .equals(TestUsers.login(Role.ANALYST)
                                                                        .user())
                                                        && !event.time().isBefore(before)))
                                .anySatisfy(event -> {
                                    assertThat(event.action()).isEqualTo("cache.remove");
                                    assertThat(event.object()).isEqualTo(GridCaches.CATEGORIES.name());
                                }));
    }

    /** Ignite asks nobody's right for it; the node closes the connection. */
    @Test
    void nobodyStartsBeansByTheControlUtility() throws Exception {
        Path beans = Files.writeString(
                directory.resolve("beans.xml"),
                """
                <beans xmlns="http://www.springframework.org/schema/beans"
                       xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                       xsi:schemaLocation="http://www.springframework.org/schema/beans
                           http://www.springframework.org/schema/beans/spring-beans.xsd">
                  <bean class="org.apache.ignite.configuration.CacheConfiguration">
                    <property name="name" value="of_beans"/>
                  </bean>
                </beans>
                """);
        try (Visitor admin =
                new Visitor(layout.settings("karachi-2").thinAddress(), TestUsers.login(Role.CENTRAL_ADMIN))) {
            assertThatThrownBy(() -> admin.utility("--cache", "create", "--springXmlConfig", beans.toString()))
                    .hasMessageContaining("Channel is closed");
        }
        assertThat(node().cacheNames()).isNotEmpty().doesNotContain("of_beans");
    }

    @Test
    void aRegisterSellsForItsOwnCityAlone() {
        try (GridClient register =
                new GridClient(TestUsers.admin(layout.addresses()).withLogin(TestUsers.login(Role.STORE_APP)))) {
            assertThat(register.processOrder(basket(karachi, line(tea, 1))))
                    .isInstanceOfAny(OrderOutcome.Completed.class, OrderOutcome.AlreadyCompleted.class);
            Object before = sql("SELECT COUNT(*) FROM orders");
            Object onHand = sql("SELECT SUM(quantity) FROM inventory");

            assertThat(refusal(() -> register.processOrder(basket(lahore, line(tea, 1)))))
                    .contains("store_app", "sell in city 2, which is not theirs");

            assertThat(sql("SELECT COUNT(*) FROM orders")).isEqualTo(before);
            assertThat(sql("SELECT SUM(quantity) FROM inventory")).isEqualTo(onHand);
        }
    }

    @Test
    void whoIsRemovedHearsNoMore() throws Exception {
        GridLogin leaver = TestUsers.add(new User("leaver", Set.of(Role.ANALYST), Set.of()));
        AtomicInteger heard = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        try (Visitor visitor = new Visitor(layout.settings("karachi-2").thinAddress(), leaver)) {
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> visitor.thin() != null);
            visitor.thin()
                    .cache(GridCaches.CATEGORIES.name())
                    .query(
                            new ContinuousQuery<Object, Object>()
                                    .setLocalListener(events -> events.forEach(event -> heard.incrementAndGet())),
                            reason -> ended.countDown());
            GridCaches.CATEGORIES.on(node()).put(GridAction.ROW, GridAction.row());
            await().untilAsserted(() -> assertThat(heard).hasPositiveValue());

            TestUsers.remove("leaver");

            assertThat(ended.await(20, TimeUnit.SECONDS))
                    .as("the connection was ended")
                    .isTrue();
            int before = heard.get();
            GridCaches.CATEGORIES.on(node()).put(GridAction.ROW, GridAction.row());
            assertThatThrownBy(() ->
                            visitor.thin().cache(GridCaches.CATEGORIES.name()).get(GridAction.ROW))
                    .isInstanceOf(RuntimeException.class);
            assertThat(heard).hasValue(before);
        } finally {
            TestUsers.remove("leaver");
        }
    }

    private static String refusal(Runnable work) {
        try {
            work.run();
            return "nothing was refused";
        } catch (NotAllowed refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void aNodeThatNobodyKnowsIsNotLetInAndOneOfAnotherPolicyNeither() throws Exception {
        TestGrid.Layout other = layout;
        var wrong = other.further("stranger-1", Shop.KARACHI, io.citygrid.testing.FreePorts.row(3));
        assertThat(whyNot(wrong.withSecurity(null))).contains("Authentication failed");
        assertThat(whyNot(wrong.withSecurity(new NodeSecurity(
                        TestUsers.security().users(), null, directory, new GridLogin("node", "not the password")))))
                .contains("Authentication failed");
        assertThat(whyNot(wrong.withSecurity(new NodeSecurity(
                        TestUsers.security().users(), null, directory, TestUsers.login(Role.CENTRAL_ADMIN)))))
                .contains("Authentication failed");
        Path laxer = Files.writeString(directory.resolve("laxer.properties"), "analyst.cache.remove = *\n");
        assertThat(whyNot(wrong.withSecurity(
                        new NodeSecurity(TestUsers.security().users(), laxer, directory, TestUsers.login(Role.NODE)))))
                .contains("policy", "differs from the grid's");
    }

    private static String whyNot(io.citygrid.grid.node.NodeSettings settings) {
        try {
            GridNode.start(settings).close();
            return "it was let in";
        } catch (RuntimeException refused) {
            return all(refused);
        }
    }
}
