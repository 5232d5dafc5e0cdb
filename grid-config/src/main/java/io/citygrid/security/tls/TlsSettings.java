package io.citygrid.security.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one setting from which every door and every client takes its TLS: a properties file that names key stores (PKCS#12) and their
 * passwords. Paths in it are relative to the file itself.
 *
 * @param file where this was read from
 * @param keys the key and certificate with which this program shows who it is
 * @param trust the authorities that it trusts
 * @param web the key and certificate that browsers are shown; {@code null} for plain HTTP, for a web application behind a proxy
 */
public record TlsSettings(Path file, Store keys, Store trust, @Nullable Store web) {
    /** The only version that is spoken. */
    public static final String PROTOCOL = "TLSv1.3";

    /** Of every store. */
    public static final String STORE_TYPE = "PKCS12";

    /** Names the file in the environment. */
    public static final String VARIABLE = "CITYGRID_TLS";

    /** What the file may say. */
    private static final Set<String> KEYS = Set.of(
            "tls.key-store",
            "tls.key-store-password",
            "tls.trust-store",
            "tls.trust-store-password",
            "tls.web-key-store",
            "tls.web-key-store-password");

    /** A key store and what opens it. */
    public record Store(Path path, String password) {
        @Override
        public String toString() {
            return "Store[" + path + "]";
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with {@code file} */
    public static TlsSettings read(Path file) {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
        } catch (IOException notReadable) {
            throw new IllegalArgumentException(
                    "--tls " + file + " cannot be read (" + notReadable.getMessage()
                            + "): name the file that `./pos certs` made for this program",
                    notReadable);
        }
        Set<String> unknown = new TreeSet<>(values.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("--tls " + file + ": unknown " + String.join(", ", unknown)
                    + "; it may have " + String.join(", ", new TreeSet<>(KEYS)));
        }
        return new TlsSettings(
                file.toAbsolutePath().normalize(),
                store(file, values, "tls.key-store"),
                store(file, values, "tls.trust-store"),
                values.containsKey("tls.web-key-store") ? store(file, values, "tls.web-key-store") : null);
    }

    /**
     * What an option says or, without one, the environment; {@code null} for no TLS.
     *
     * @throws IllegalArgumentException saying what is wrong with the file
     */
    public static @Nullable TlsSettings of(@Nullable Path option, Map<String, String> environment) {
        if (option != null) {
            return read(option);
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        return variable.isBlank() ? null : read(Path.of(variable.strip()));
    }

    /**
     * These, if their certificates hold at {@code now}.
     *
     * @throws IllegalArgumentException saying which does not, or cannot be read
     */
    public TlsSettings requireInTime(Instant now) {
        for (Store store : web == null ? List.of(keys) : List.of(keys, web)) {
            OwnCertificate.of(store).outOfTime(now).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
        }
        return this;
    }

    private static Store store(Path file, Properties values, String key) {
        String path = values.getProperty(key, "").strip();
        if (path.isEmpty()) {
            throw new IllegalArgumentException("--tls " + file + " has no line " + key + "=…");
        }
        Path store = file.toAbsolutePath().resolveSibling(path).normalize();
        if (!Files.isReadable(store)) {
            throw new IllegalArgumentException("--tls " + file + ": " + key + " " + store + " cannot be read");
        }
        return new Store(store, values.getProperty(key + "-password", ""));
    }
}
