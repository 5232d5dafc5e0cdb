package io.citygrid.security;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which logins were right before, so that a program that comes again need not cost a tenth of a second each time. Kept is a digest
 * under a key that only this process has, of a few logins, of passwords as they are stored now: a changed one is not found.
 */
final class VerifiedLogins {
    private static final int KEPT_MAX = 1_024;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<ByteBuffer, Boolean> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > KEPT_MAX;
        }
    };

    VerifiedLogins() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
    }

    /** As {@link Passwords#matches}, and at once for a login that was right before. A wrong one is never remembered. */
    boolean matches(String name, char[] password, String stored) {
        if (password.length > Passwords.LENGTH_MAX) {
            return false;
        }
        ByteBuffer digest = digest(name, password, stored);
        synchronized (kept) {
            if (kept.get(digest) != null) {
                return true;
            }
        }
        boolean right = Passwords.matches(password, stored);
        if (right) {
            synchronized (kept) {
                kept.put(digest, true);
            }
        }
        return right;
    }

    private ByteBuffer digest(String name, char[] password, String stored) {
        ByteBuffer secret = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update((name + " " + stored + " ").getBytes(StandardCharsets.UTF_8));
            mac.update(secret.duplicate());
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException("this Java has no " + MAC, everyJdkHasIt);
        } finally {
            Arrays.fill(secret.array(), (byte) 0);
        }
    }
}
