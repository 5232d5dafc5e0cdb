package io.citygrid.security.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An event as a line of JSON. Members are only ever added: other people's tools read these files. */
final class AuditFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AuditFormat() {}

    static byte[] line(AuditEvent event) {
        ObjectNode members = JSON.createObjectNode()
                .put("time", event.time().toString())
                .put("user", event.user())
                .put("address", event.address())
                .put("node", event.node())
                .put("door", event.door().name())
                .put("action", event.action())
                .put("object", event.object())
                .put("outcome", event.outcome().name())
                .put("detail", event.detail());
        return (members + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing for half a line: a process may have been killed, or a disk full, in the middle of it. */
    static Optional<AuditEvent> read(String line) {
        try {
            JsonNode members = JSON.readTree(line);
            return Optional.of(new AuditEvent(
                    Instant.parse(text(members, "time")),
                    text(members, "user"),
                    text(members, "address"),
                    text(members, "node"),
                    AuditDoor.valueOf(text(members, "door")),
                    text(members, "action"),
                    text(members, "object"),
                    AuditOutcome.valueOf(text(members, "outcome")),
                    text(members, "detail")));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException notALine) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode members, String name) {
        return members.path(name).asString("");
    }
}
