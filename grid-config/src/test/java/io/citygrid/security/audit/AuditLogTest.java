package io.citygrid.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was recorded is lost, half written or readable by others, whatever becomes of the disk. */
class AuditLogTest {
    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void aFolderOfItsOwn() {
        folder = directory.resolve("audit");
    }

    @Test
    void whatWasRecordedIsInTheFileAtOnceAndReadableByItsOwnerOnly() throws Exception {
        try (AuditLog log = AuditLog.open(AuditSettings.of(folder, "karachi-1"), Duration.ofMinutes(1))) {
            log.record(refusal("asma", "store 7"));

            assertThat(Files.readString(onlyFile()))
                    .matches("\\{\"time\":\"[^\"]+\",\"user\":\"asma\",\"address\":\"10.0.0.7\",\"node\":\"karachi-1\","
                            + "\"door\":\"REST\",\"action\":\"order\",\"object\":\"store 7\",\"outcome\":\"REFUSED\","
                            + "\"detail\":\"\"}\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(log.state()).isEqualTo(new AuditLog.State(1, 0, 0, false));
        }
    }

    @Test
    void noTextBreaksALineGrowsWithoutLimitOrBringsInACardNumber() throws Exception {
        try (AuditLog log = AuditLog.open(AuditSettings.of(folder, "app"))) {
            log.record(refusal("a\"\n{}\u0000", "4111 1111 1111 1111" + "x".repeat(10_000)));
        }
        assertThat(Files.readAllLines(onlyFile())).hasSize(1);
        assertThat(newest(5)).singleElement().satisfies(event -> {
            assertThat(event.user()).isEqualTo("a\"\n{}\u0000");
            assertThat(event.object()).startsWith("[card number]xxx").hasSize(501);
        });
    }

    @Test
    void aRestartGoesOnWithTheSameFileAfterHalfALine() throws Exception {
        AuditSettings settings = AuditSettings.of(folder, "karachi-1");
        try (AuditLog log = AuditLog.open(settings)) {
            log.record(refusal("asma", "before"));
        }
        Files.writeString(onlyFile(), "{\"time\":\"2026-", StandardOpenOption.APPEND);
        try (AuditLog log = AuditLog.open(settings)) {
            log.record(refusal("asma", "after"));
        }
        assertThat(Files.readAllLines(onlyFile())).hasSize(3);
        assertThat(newest(5)).extracting(AuditEvent::object).containsExactly("after", "before");
    }

    @Test
    void filesAreBegunAnewAndTheOldestGo() throws Exception {
        try (AuditLog log = AuditLog.open(new AuditSettings(folder, "karachi-1", 1, 3));
                AuditLog other = AuditLog.open(AuditSettings.of(folder, "karachi-1-b"))) {
            other.record(refusal("asma", "another's"));
            for (int sale = 1; sale <= 6; sale++) {
                log.record(refusal("asma", "store " + sale));
                awaitWritten(log);
                awaitAnotherMillisecond();
            }
        }
        assertThat(newest(9))
                .extracting(AuditEvent::object)
                .containsExactly("store 6", "store 5", "store 4", "another's");
        assertThat(newest(2)).extracting(AuditEvent::object).containsExactly("store 6", "store 5");
    }

    @Test
    void manyAtOnceAreAllWritten() throws Exception {
        ExecutorService registers = Executors.newFixedThreadPool(8);
        try (AuditLog log = AuditLog.open(AuditSettings.of(folder, "app"))) {
            IntStream.range(0, 1_000).forEach(n -> registers.execute(() -> log.record(refusal("u" + n, ""))));
            registers.shutdown();
            assertThat(registers.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readAllLines(onlyFile())).hasSize(1_000);
    }

    @Test
    void whileTheDiskIsAwayEventsWaitAndTheStateSaysSo() throws Exception {
        Path away = directory.resolve("away");
        try (AuditLog log = AuditLog.open(new AuditSettings(folder, "app", 1, 9))) {
            log.record(refusal("asma", "before"));
            awaitWritten(log);
            Files.move(folder, away);
            Files.createFile(folder);

            log.record(refusal("asma", "during"));
            log.record(refusal("asma", "during as well"));
            await().until(() -> log.state().equals(new AuditLog.State(1, 2, 0, true)));

            Files.delete(folder);
            Files.move(away, folder);
            await().until(() -> log.state().equals(new AuditLog.State(3, 0, 0, false)));
        }
        assertThat(newest(9)).extracting(AuditEvent::object).containsExactly("during as well", "during", "before");
    }

    @Test
    void whatTooManyWaitingLeaveNoRoomForIsCounted() throws Exception {
        try (AuditLog log = AuditLog.open(new AuditSettings(folder, "app", 1, 9))) {
            log.record(refusal("asma", "before"));
            awaitWritten(log);
            Files.move(folder, directory.resolve("away"));
            Files.createFile(folder);
            for (int n = 0; n < 10_600; n++) {
                log.record(refusal("asma", "during"));
            }
            AuditLog.State state = log.state();
            assertThat(state.failing()).isTrue();
            assertThat(state.lost()).isBetween(1L, 600L);
            assertThat(state.waiting() + state.lost()).isEqualTo(10_600);
        }
    }

    @Test
    void nobodyStartsWhoCannotWriteOne() throws Exception {
        Files.createFile(folder);
        assertThatThrownBy(() -> AuditLog.open(AuditSettings.of(folder, "app"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AuditSettings.of(folder, "../app")).hasMessageContaining("cannot name an audit log");
    }

    private static AuditEvent refusal(String user, String object) {
        return AuditEvent.now(user, "10.0.0.7", AuditDoor.REST, "order", object, AuditOutcome.REFUSED, "");
    }

    private List<AuditEvent> newest(int limit) throws IOException {
        return new AuditReader(folder).newest(limit, event -> true);
    }

    /** On a busy machine even a disk that works takes longer than a caller waits. */
    private static void awaitWritten(AuditLog log) {
        await().until(() -> log.state().waiting() == 0 && !log.state().failing());
    }

    /** Files are named after the millisecond in which they were begun. */
    private static void awaitAnotherMillisecond() {
        long now = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > now);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // At midnight another is begun when something is written.
            return files.filter(file -> file.toFile().length() > 0)
                    .reduce((one, other) -> {
                        throw new AssertionError("more than one file");
                    })
                    .orElseThrow();
        }
    }
}
