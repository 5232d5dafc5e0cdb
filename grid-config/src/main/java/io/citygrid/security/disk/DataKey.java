package io.citygrid.security.disk;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.encryption.EncryptionSpi;
import org.apache.ignite.spi.encryption.keystore.KeystoreEncryptionSpi;
import org.apache.ignite.spi.encryption.noop.NoopEncryptionSpi;

/**
 * The master key of the data on disk: an AES key in a key store, the same on all nodes. Ignite encrypts with it the keys of the cache
 * groups, and with those every page and every record of the write-ahead log. Whoever loses it loses the data.
 *
 * @param file the properties file that this was read from
 * @param keyStore holds the key under {@link #ALIAS}
 */
public record DataKey(Path file, Path keyStore, String password) {
    /** The name that Ignite looks for. */
    public static final String ALIAS = KeystoreEncryptionSpi.DEFAULT_MASTER_KEY_NAME;

    private static final String KEY_STORE = "data.key-store";

    /** @throws IllegalArgumentException saying what is wrong with {@code file} */
    public static DataKey read(Path file) {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
        } catch (IOException notReadable) {
            throw new IllegalArgumentException(
                    "--data-key " + file + " cannot be read (" + notReadable.getMessage()
                            + "): `./pos certs --data-key` makes one; without the one its data was written with a node "
                            + "cannot start",
                    notReadable);
        }
        String path = values.getProperty(KEY_STORE, "").strip();
        String password = values.getProperty(KEY_STORE + "-password", "");
        if (path.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data-key " + file + " needs the lines " + KEY_STORE + "=… and " + KEY_STORE + "-password=…");
        }
        Path store = file.toAbsolutePath().resolveSibling(path).normalize();
        if (!Files.isReadable(store)) {
            throw new IllegalArgumentException(
                    "--data-key " + file + ": " + KEY_STORE + " " + store + " cannot be read");
        }
        return new DataKey(file.toAbsolutePath().normalize(), store, password);
    }

    /**
     * What encrypts a node's data, for the Spring file.
     *
     * @param file empty for data as it is
     */
    public static EncryptionSpi encryption(String file) {
        if (file.isEmpty()) {
            return new NoopEncryptionSpi();
        }
        DataKey key = read(Path.of(file));
        KeystoreEncryptionSpi encryption = new KeystoreEncryptionSpi();
        encryption.setKeyStorePath(key.keyStore().toString());
        encryption.setKeyStorePassword(key.password().toCharArray());
        return encryption;
    }

    /** Whether a node that was started with {@code configuration} encrypts its data. */
    public static boolean isUsedBy(IgniteConfiguration configuration) {
        return configuration.getEncryptionSpi() instanceof KeystoreEncryptionSpi;
    }

    @Override
    public String toString() {
        return "DataKey[" + keyStore + "]";
    }
}
