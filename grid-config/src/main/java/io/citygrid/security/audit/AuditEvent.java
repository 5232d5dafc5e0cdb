package io.citygrid.security.audit;

import io.citygrid.security.card.CardNumbers;
import java.time.Instant;

/**
 * Something that somebody did or tried. Never with a password or a card number in it: whatever looks like one of the latter is
 * masked, and every text has a limit.
 *
 * @param user as they called themselves; empty if they did not
 * @param address from where, such as {@code 10.0.0.7}; empty if that is not known
 * @param node the node or web application that saw it; empty stands for that of the log that it is recorded in
 * @param action what was wanted, a short name such as {@code login} or {@code stock.move}
 * @param object of what, such as {@code store 7}; may be empty
 * @param detail what else is worth knowing; may be empty
 */
public record AuditEvent(
        Instant time,
        String user,
        String address,
        String node,
        AuditDoor door,
        String action,
        String object,
        AuditOutcome outcome,
        String detail) {
    private static final int NAME_LENGTH_MAX = 100;
    private static final int TEXT_LENGTH_MAX = 500;

    /** With a space between any two digits. */
    private static final int CARD_LENGTH_MAX = 40;

    public AuditEvent {
        user = bounded(user, NAME_LENGTH_MAX);
        address = bounded(address, NAME_LENGTH_MAX);
        node = bounded(node, NAME_LENGTH_MAX);
        action = bounded(action, NAME_LENGTH_MAX);
        object = bounded(object, TEXT_LENGTH_MAX);
        detail = bounded(detail, TEXT_LENGTH_MAX);
    }

    /** Something that happens now, where it is recorded. */
    public static AuditEvent now(
            String user,
            String address,
            AuditDoor door,
            String action,
            String object,
            AuditOutcome outcome,
            String detail) {
        return new AuditEvent(Instant.now(), user, address, "", door, action, object, outcome, detail);
    }

    AuditEvent seenBy(String name) {
        return node.isEmpty() ? new AuditEvent(time, user, address, name, door, action, object, outcome, detail) : this;
    }

    private static String bounded(String text, int lengthMax) {
        // Somebody may send megabytes; a number that begins before the cut is whole.
        int looked = Math.min(text.length(), lengthMax + CARD_LENGTH_MAX);
        String masked = CardNumbers.masked(text.substring(0, looked));
        return masked.length() <= lengthMax ? masked : masked.substring(0, lengthMax) + "…";
    }
}
