package io.citygrid.grid.client;

import io.citygrid.security.GridLogin;
import io.citygrid.security.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the grid.
 *
 * @param addresses {@code host:port} of nodes, the own city's first: they are asked in this order when the node that holds the
 *     data is unknown or away; further nodes are found through them
 * @param login {@code null} for a grid without users
 * @param tls {@code null} for a grid without TLS
 */
public record GridClientSettings(List<String> addresses, @Nullable GridLogin login, @Nullable TlsSettings tls) {
    /** How long a caller waits for an answer over all tries; then the outcome is unknown. */
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);

    /** One try of a task. */
    static final Duration TRY = Duration.ofMillis(1500);

    /** One try of a task that writes hundreds of rows. */
    static final Duration BULK_TRY = Duration.ofSeconds(5);

    /** Comparing or filling a city fragment. */
    static final Duration RUN = Duration.ofMinutes(30);

    /** One try of having the nodes try their databases, which they do for two seconds. */
    static final Duration RETRY_TRY = Duration.ofMillis(2400);

    /** All tries of that. */
    static final Duration RETRY_WITHIN = Duration.ofSeconds(5);

    /** Connecting, and any single request other than a query. */
    static final Duration REQUEST = Duration.ofSeconds(1);

    /** A query; the first ones after a start are slow while the engine warms up. */
    static final Duration QUERY = Duration.ofSeconds(15);

    /** The raw handshake that tells a slow node from a frozen one. */
    static final Duration PROBE = Duration.ofMillis(300);

    /** How long a node that did not answer is left alone. */
    static final Duration QUARANTINE = Duration.ofSeconds(3);

    /** How often lost nodes are tried and the picture of the cluster is renewed. */
    static final Duration UPKEEP = Duration.ofMillis(500);

    public GridClientSettings {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "no grid address is given: write host:port, several separated by commas");
        }
        addresses = List.copyOf(addresses);
    }

    /** Of a grid without TLS. */
    public GridClientSettings(List<String> addresses, @Nullable GridLogin login) {
        this(addresses, login, null);
    }

    /** The same with TLS, or {@code null} for none. */
    public GridClientSettings withTls(@Nullable TlsSettings keys) {
        return new GridClientSettings(addresses, login, keys);
    }

    /** Settings without a user from {@code host:port,host:port}. */
    public static GridClientSettings of(String addresses) {
        return new GridClientSettings(List.of(addresses.strip().split("\\s*,\\s*")), null);
    }

    /** The same, logged in as {@code other}. */
    public GridClientSettings withLogin(@Nullable GridLogin other) {
        return new GridClientSettings(addresses, other, tls);
    }
}
