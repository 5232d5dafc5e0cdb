package io.citygrid.security.tls.certs;

import io.citygrid.security.OwnerOnlyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * An authority for one chain: its key signs what every node, application and tool of the chain shows the others. It stays in a folder
 * of its own; who can read that folder can make himself a node.
 */
final class Authority {
    private static final String ALIAS = "authority";
    private static final String STORE = "authority.p12";
    private static final String PASSWORD = "password";
    private static final int PASSWORD_BYTES = 24;
    private static final Validity OF_ITSELF = Validity.days(3650);
    private static final List<String> ELLIPTIC =
            List.of("-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final String password;

    private Authority(Path folder, String password) {
        this.folder = folder;
        this.password = password;
    }

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(STORE));
    }

    /** Makes one. */
    static Authority make(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String password = newPassword();
        OwnerOnlyFile.write(folder.resolve(PASSWORD), password + "\n");
        Authority authority = new Authority(folder, password);
        Path draft = folder.resolve(STORE + ".new");
        Files.deleteIfExists(draft);
        List<String> command = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                // Its own name: programs say whose certificate they refuse.
                "CN=CityGrid POS development authority " + LocalDate.now(ZoneOffset.UTC) + " "
                        + newPassword().replaceAll("[^A-Za-z0-9]", "").substring(0, 6),
                "-ext",
                "bc:critical=ca:true,pathlen:0",
                "-ext",
                "ku:critical=keyCertSign,cRLSign",
                "-startdate",
                OF_ITSELF.start(),
                "-validity",
                String.valueOf(OF_ITSELF.days())));
        command.addAll(ELLIPTIC);
        new Keytool(draft, password).run(command);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        Files.move(draft, folder.resolve(STORE), StandardCopyOption.ATOMIC_MOVE);
        return authority;
    }

    /** @throws NotMade if there is none in {@code folder}, or it cannot be used */
    static Authority open(Path folder) {
        try {
            return new Authority(
                    folder, Files.readString(folder.resolve(PASSWORD)).strip());
        } catch (IOException notReadable) {
            throw new NotMade(
                    "the authority in " + folder + " cannot be used: its password " + folder.resolve(PASSWORD)
                            + " cannot be read",
                    notReadable);
        }
    }

    /** What is not meant for people to remember. */
    static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Writes a key store with a new key, a certificate for it and that of the authority.
     *
     * @param hosts names and addresses by which the program is reached
     */
    void issue(Use use, String name, Set<String> hosts, Validity validity, Path store, String storePassword)
            throws IOException, GeneralSecurityException {
        Path work = Files.createTempFile(folder, "signing", ".p12");
        try {
            Files.copy(folder.resolve(STORE), work, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rw-------"));
            String alias = use.unit();
            List<String> command = new ArrayList<>(List.of(
                    "-genkeypair",
                    "-alias",
                    alias,
                    "-signer",
                    ALIAS,
                    "-dname",
                    "CN=" + name + ", OU=" + use.unit(),
                    "-ext",
                    "ku:critical=digitalSignature",
                    "-ext",
                    "eku=" + use.purposes(),
                    "-startdate",
                    validity.start(),
                    "-validity",
                    String.valueOf(validity.days())));
            if (use != Use.CLIENT) {
                command.addAll(List.of("-ext", "san=" + names(hosts)));
            }
            command.addAll(ELLIPTIC);
            new Keytool(work, password).run(command);
            KeyStore signed = load(work);
            Key key = signed.getKey(alias, password.toCharArray());
            KeyStore fresh = empty();
            fresh.setKeyEntry(alias, key, storePassword.toCharArray(), signed.getCertificateChain(alias));
            OwnerOnlyFile.write(store, bytes(fresh, storePassword));
        } finally {
            Files.deleteIfExists(work);
        }
    }

    /** Subject alternative names as keytool reads them. */
    private static String names(Set<String> hosts) {
        return String.join(
                ",",
                hosts.stream()
                        .map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
                        .toList());
    }

    /** Writes a store that trusts this authority and no other. */
    void trusted(Path store, String storePassword) throws IOException, GeneralSecurityException {
        KeyStore fresh = empty();
        fresh.setCertificateEntry(ALIAS, certificate());
        OwnerOnlyFile.write(store, bytes(fresh, storePassword));
    }

    /** Its certificate for tools that read PEM: curl, browsers, Prometheus. It is no secret. */
    String pem() throws IOException, GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(certificate().getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    private Certificate certificate() throws IOException, GeneralSecurityException {
        return load(folder.resolve(STORE)).getCertificate(ALIAS);
    }

    private KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            loaded.load(bytes, password.toCharArray());
        }
        return loaded;
    }

    static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore fresh = KeyStore.getInstance("PKCS12");
        fresh.load(null, null);
        return fresh;
    }

    static byte[] bytes(KeyStore store, String storePassword) throws IOException, GeneralSecurityException {
        try (ByteArrayOutputStream content = new ByteArrayOutputStream();
                OutputStream out = content) {
            store.store(out, storePassword.toCharArray());
            return content.toByteArray();
        }
    }
}
