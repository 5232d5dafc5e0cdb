package io.citygrid.load.identity;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids and seeds made of a text that says what they stand for: the same text gives the same id, on every machine. */
public final class StableId {
    private StableId() {}

    /** The name-based UUID (RFC 9562, version 3) of {@code text}. */
    public static UUID of(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sixty-four bits of {@link #of}, to seed a random source with. */
    public static long seed(String text) {
        UUID id = of(text);
        // Folded, because a few bits of each half are the UUID's version and variant and always the same.
        return id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 17);
    }
}
