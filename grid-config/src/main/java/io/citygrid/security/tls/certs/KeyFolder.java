package io.citygrid.security.tls.certs;

import io.citygrid.security.OwnerOnlyFile;
import io.citygrid.security.disk.DataKey;
import io.citygrid.security.tls.OwnCertificate;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;

/**
 * A folder of keys for a chain: one folder in it for each program, which holds all that the program needs and is copied to its
 * machine whole; the certificate of the authority; and the authority's own key, which stays.
 */
public final class KeyFolder {
    /** The name of the file in a program's folder that its {@code --tls} names. */
    public static final String SETTINGS = "tls.properties";

    /** The name of the file that {@code --data-key} names. */
    public static final String DATA_SETTINGS = "data-key.properties";

    /** The authority's certificate, for tools that read PEM. */
    public static final String CERTIFICATE = "authority.crt";

    /** Of the web application. */
    public static final String APP = "app";

    /** Of the tools: SQL, loaders, checks, the control utility. */
    public static final String CLIENT = "client";

    private static final String AUTHORITY = "authority";
    private static final String DATA_KEY = "data-key";
    private static final int DATA_KEY_BITS = 256;

    /** Every certificate of a server is also good on the machine itself. */
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1");

    private final Path folder;
    private final Validity validity;

    /** Touches nothing yet. */
    public KeyFolder(Path folder, Validity validity) {
        this.folder = folder;
        this.validity = validity;
    }

    /** Whether an authority is in it. */
    public boolean exists() {
        return Authority.isIn(folder.resolve(AUTHORITY));
    }

    /** The programs that have keys here. */
    public List<String> programs() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.exists(entry.resolve(SETTINGS)))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** The settings file of {@code program}. */
    public Path settings(String program) {
        return folder.resolve(program).resolve(SETTINGS);
    }

    /** The authority's certificate as PEM. */
    public Path certificate() {
        return folder.resolve(CERTIFICATE);
    }

    /** Where the settings file of the data key lies. */
    public Path dataSettings() {
        return folder.resolve(DATA_KEY).resolve(DATA_SETTINGS);
    }

    /**
     * Makes the authority.
     *
     * @throws NotMade if there is one already: all that it signed would be worthless
     */
    public void makeAuthority() {
        guarded(() -> {
            if (exists()) {
                throw new NotMade("there is an authority in " + folder + " already", null);
            }
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Authority authority = Authority.make(folder.resolve(AUTHORITY));
            Files.writeString(folder.resolve(CERTIFICATE), authority.pem(), StandardCharsets.UTF_8);
        });
    }

    /**
     * Makes or renews the keys of a program; renewed ones are good for the old ones' hosts too.
     *
     * @param name of a node, {@link #APP} or {@link #CLIENT}
     * @param hosts names and addresses by which it is reached besides those of this machine
     */
    public void makeKeys(String name, Set<String> hosts) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}") || name.equals(AUTHORITY) || name.equals(DATA_KEY)) {
            throw new NotMade("'" + name + "' is no name for a program", null);
        }
        guarded(() -> {
            Authority authority = Authority.open(folder.resolve(AUTHORITY));
            Path own = ownerOnly(folder.resolve(name));
            Set<String> names = new TreeSet<>(hosts);
            names.addAll(THIS_MACHINE);
            // The same again when they are renewed, so that each file that is replaced fits those that are not yet.
            Optional<TlsSettings> before = before(name);
            String password = before.map(old -> old.keys().password()).orElseGet(Authority::newPassword);
            before.map(old -> Objects.requireNonNullElse(old.web(), old.keys()))
                    .ifPresent(old -> names.addAll(OwnCertificate.of(old).hosts()));
            List<String> lines = new ArrayList<>();
            authority.trusted(own.resolve("trust.p12"), password);
            if (name.equals(APP) || name.equals(CLIENT)) {
                authority.issue(Use.CLIENT, name, Set.of(), validity, own.resolve("key.p12"), password);
            } else {
                names.add(name);
                authority.issue(Use.NODE, name, names, validity, own.resolve("key.p12"), password);
            }
            lines.addAll(List.of(
                    "tls.key-store=key.p12",
                    "tls.key-store-password=" + password,
                    "tls.trust-store=trust.p12",
                    "tls.trust-store-password=" + password));
            if (name.equals(APP)) {
                authority.issue(Use.WEB, name, names, validity, own.resolve("web.p12"), password);
                lines.addAll(List.of("tls.web-key-store=web.p12", "tls.web-key-store-password=" + password));
            }
            OwnerOnlyFile.write(own.resolve(SETTINGS), String.join("\n", lines) + "\n");
        });
    }

    private Optional<TlsSettings> before(String name) {
        return Files.exists(settings(name)) ? Optional.of(TlsSettings.read(settings(name))) : Optional.empty();
    }

    /** Until when the certificates of {@code program} hold. */
    public Instant expires(String program) {
        return OwnCertificate.of(TlsSettings.read(settings(program)).keys()).expires();
    }

    /**
     * Makes the key with which nodes encrypt their data.
     *
     * @throws NotMade if there is one: data that was written with it could not be read any more
     */
    public void makeDataKey() {
        guarded(() -> {
            if (Files.exists(dataSettings())) {
                throw new NotMade(
                        "there is a data key in " + dataSettings().getParent()
                                + " already, and data that was written with it cannot be read with another",
                        null);
            }
            Path own = ownerOnly(folder.resolve(DATA_KEY));
            String password = Authority.newPassword();
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(DATA_KEY_BITS);
            KeyStore store = Authority.empty();
            store.setKeyEntry(DataKey.ALIAS, generator.generateKey(), password.toCharArray(), null);
            OwnerOnlyFile.write(own.resolve("key.p12"), Authority.bytes(store, password));
            OwnerOnlyFile.write(dataSettings(), "data.key-store=key.p12\ndata.key-store-password=" + password + "\n");
        });
    }

    private static Path ownerOnly(Path folder) throws IOException {
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private interface Work {
        void run() throws IOException, GeneralSecurityException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failed) {
            throw new NotMade("nothing more can be made in " + folder + ": " + failed.getMessage(), failed);
        }
    }
}
