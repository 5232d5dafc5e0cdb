package io.citygrid.security.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one writer: the one that is written to, when the next is begun, and which are deleted. For one thread. */
final class AuditFiles {
    private static final Logger log = LoggerFactory.getLogger(AuditFiles.class);
    private static final String SUFFIX = ".jsonl";
    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String BEGUN_FORM = "\\d{8}T\\d{9}Z";
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final AuditSettings settings;
    private @Nullable FileChannel open;
    private LocalDate day = LocalDate.EPOCH;

    AuditFiles(AuditSettings settings) {
        this.settings = settings;
    }

    /** Makes the folder if it is not there, and the file. */
    void prepare() throws IOException {
        Path folder = settings.folder();
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else if (Files.getPosixFilePermissions(folder).stream().anyMatch(OTHERS::contains)) {
            log.warn("the folder of the audit log, {}, is open to others than its owner; its files are not", folder);
        }
        current();
    }

    /** Writes a whole line; after a failure the same line can be written again, and what was written of it stands alone. */
    void write(byte[] line) throws IOException {
        try {
            FileChannel file = current();
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Sees to it that what was written survives a loss of power. */
    void force() throws IOException {
        if (open != null) {
            open.force(false);
        }
    }

    void close() {
        FileChannel file = open;
        open = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException lost) {
                log.debug("an audit file could not be closed", lost);
            }
        }
    }

    private FileChannel current() throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (open != null && (!day.equals(today) || open.size() >= settings.fileBytesMax())) {
            force();
            close();
            prune();
        }
        if (open == null) {
            open = append(newestIfItGoesOn(today));
            day = today;
        }
        return open;
    }

    private Path newestIfItGoesOn(LocalDate today) throws IOException {
        List<Path> own = own();
        if (!own.isEmpty()) {
            Path newest = own.get(own.size() - 1);
            String begun =
                    newest.getFileName().toString().substring(settings.node().length() + 1);
            boolean ofToday = begun.startsWith(today.format(DateTimeFormatter.BASIC_ISO_DATE));
            if (ofToday && Files.size(newest) < settings.fileBytesMax()) {
                return newest;
            }
        }
        return settings.folder().resolve(settings.node() + "-" + BEGUN.format(Instant.now()) + SUFFIX);
    }

    private static FileChannel append(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.size() > 0 && !endsWithALine(file, channel.size())) {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            return channel;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private static boolean endsWithALine(Path file, long size) throws IOException {
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reading.read(last, size - 1) == 1 && last.get(0) == '\n';
        }
    }

    private void prune() throws IOException {
        List<Path> own = own();
        for (Path old : own.subList(0, Math.max(0, own.size() - settings.filesMax() + 1))) {
            Files.deleteIfExists(old);
            log.info("{} is deleted: the audit log keeps {} files", old, settings.filesMax());
        }
    }

    /** Oldest first. */
    private List<Path> own() throws IOException {
        String form = "\\Q" + settings.node() + "\\E-" + BEGUN_FORM + "\\Q" + SUFFIX + "\\E";
        try (Stream<Path> all = Files.list(settings.folder())) {
            return all.filter(file -> file.getFileName().toString().matches(form))
                    .sorted()
                    .toList();
        }
    }

    /** Whether a file in a folder of audit logs is one, whoever wrote it. */
    static boolean isOne(Path file) {
        return file.getFileName().toString().matches(".+-" + BEGUN_FORM + "\\Q" + SUFFIX + "\\E");
    }

    /** Who writes {@code file}. */
    static String writer(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('-'));
    }

    /** When {@code file} was begun, as text that sorts by time. */
    static String begun(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('-') + 1);
    }
}
