package io.citygrid.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as they are stored: {@code pbkdf2$iterations$salt$hash}, by PBKDF2 with HMAC-SHA-512, which the JDK has. The number
 * of iterations is the one that OWASP's password storage cheat sheet asks for.
 */
public final class Passwords {
    /** About a tenth of a second of one processor; whoever guesses pays it for every guess. */
    public static final int ITERATIONS = 210_000;

    /** A shorter one is guessed sooner or later, whatever its hash costs. */
    public static final int LENGTH_MIN = 12;

    /** Longer ones would only cost time. */
    public static final int LENGTH_MAX = 256;

    /** For passwords of {@link #generate()}: nobody guesses one of 139 bits, whatever a guess costs. */
    public static final int GENERATED_ITERATIONS = 1_000;

    private static final String SCHEME = "pbkdf2";
    private static final int ITERATIONS_MIN = 1_000;
    private static final int ITERATIONS_MAX = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** What to store for {@code password}; each call has its own salt. */
    public static String hash(char[] password) {
        return hash(password, ITERATIONS);
    }

    /** As {@link #hash(char[])}, with other iterations than the usual ones, as tests need them. */
    public static String hash(char[] password, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return stored(iterations, salt, derive(password, salt, iterations));
    }

    private static String stored(int iterations, byte[] salt, byte[] hash) {
        Base64.Encoder text = Base64.getEncoder().withoutPadding();
        return String.join(
                "$", SCHEME, String.valueOf(iterations), text.encodeToString(salt), text.encodeToString(hash));
    }

    /** What no password matches, and trying one costs what {@code like}'s owner would cost. */
    static String unmatched(String like) {
        byte[] random = new byte[SALT_BYTES + HASH_BITS / 8];
        RANDOM.nextBytes(random);
        return stored(
                Stored.parse(like).iterations(),
                Arrays.copyOf(random, SALT_BYTES),
                Arrays.copyOfRange(random, SALT_BYTES, random.length));
    }

    /** How often {@code stored} was hashed. */
    static int iterations(String stored) {
        return Stored.parse(stored).iterations();
    }

    /** A password that nobody guesses, of letters and digits that nobody confuses: some 139 bits. */
    public static String generate() {
        String letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        return RANDOM.ints(24, 0, letters.length())
                .collect(StringBuilder::new, (text, at) -> text.append(letters.charAt(at)), StringBuilder::append)
                .toString();
    }

    /**
     * Whether {@code stored} was made from {@code password}; takes the same time whichever it is.
     *
     * @throws IllegalArgumentException if {@code stored} is no such text
     */
    public static boolean matches(char[] password, String stored) {
        Stored parts = Stored.parse(stored);
        return password.length <= LENGTH_MAX
                && MessageDigest.isEqual(parts.hash(), derive(password, parts.salt(), parts.iterations()));
    }

    /** @throws IllegalArgumentException if {@code stored} is not what {@link #hash} makes, in words that do not quote it */
    static void requireStored(String stored) {
        Stored.parse(stored);
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException("this Java cannot hash passwords", everyJdkHasIt);
        } finally {
            spec.clearPassword();
        }
    }

    private record Stored(int iterations, byte[] salt, byte[] hash) {
        static Stored parse(String stored) {
            String[] parts = stored.split("\\$", -1);
            try {
                if (parts.length != 4 || !parts[0].toLowerCase(Locale.ROOT).equals(SCHEME)) {
                    throw new IllegalArgumentException();
                }
                int iterations = Integer.parseInt(parts[1]);
                byte[] salt = Base64.getDecoder().decode(parts[2]);
                byte[] hash = Base64.getDecoder().decode(parts[3]);
                if (iterations < ITERATIONS_MIN
                        || iterations > ITERATIONS_MAX
                        || salt.length < SALT_BYTES / 2
                        || hash.length != HASH_BITS / 8) {
                    throw new IllegalArgumentException();
                }
                return new Stored(iterations, salt, hash);
            } catch (IllegalArgumentException notOne) {
                throw new IllegalArgumentException(
                        "a stored password is pbkdf2$iterations$salt$hash, as ./pos ops user makes it; this is not"
                                + " one");
            }
        }
    }
}
