package io.citygrid.model.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplicationLogEntryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

    @Test
    void textsAreCutToWhatTheColumnsHold() {
        ReplicationLogEntry entry = new ReplicationLogEntry(
                "t".repeat(60), "r".repeat(101), "d".repeat(51), ReplicationStatus.FAILED, "m".repeat(5_000), NOW);

        assertThat(entry.tableName()).hasSize(50).endsWith("t…");
        assertThat(entry.recordId()).hasSize(100).endsWith("r…");
        assertThat(entry.targetDb()).hasSize(50);
        assertThat(entry.message()).hasSize(1_000);
    }

    @Test
    void whatFitsIsKeptAsItIs() {
        String records = "r".repeat(100);

        ReplicationLogEntry entry =
                new ReplicationLogEntry("orders", records, "karachi_db", ReplicationStatus.SUCCESS, "2 rows", NOW);

        assertThat(entry.recordId()).isEqualTo(records);
        assertThat(entry.status()).isEqualTo(ReplicationStatus.SUCCESS);
        assertThat(entry.logTime()).isEqualTo(NOW);
    }

    @Test
    void aStatusIsSpelledAsTheLogSpellsIt() {
        assertThat(ReplicationStatus.of("Success")).isEqualTo(ReplicationStatus.SUCCESS);
        assertThat(ReplicationStatus.of("Failed").text()).isEqualTo("Failed");
    }
}
