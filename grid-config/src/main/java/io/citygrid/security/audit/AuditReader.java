package io.citygrid.security.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the newest entries of all audit logs in a folder, whoever writes them. Reads from the files' ends and stops early: at
 * most {@value #BYTES_MAX} bytes for each writer, so that a look at the log never costs more than the log's last pages.
 */
public final class AuditReader {
    static final int BYTES_MAX = 4 << 20;

    private final Path folder;

    public AuditReader(Path folder) {
        this.folder = folder;
    }

    /**
     * The newest {@code limit} events that {@code wanted} wants, newest first.
     *
     * @throws IOException if the folder cannot be read
     */
    public List<AuditEvent> newest(int limit, Predicate<AuditEvent> wanted) throws IOException {
        PriorityQueue<AuditEvent> newest = new PriorityQueue<>(Comparator.comparing(AuditEvent::time));
        for (List<Path> files : filesByWriter().values()) {
            long left = BYTES_MAX;
            for (Path file : files) {
                left -= read(file, left, limit, wanted, newest);
                if (left <= 0) {
                    break;
                }
            }
        }
        List<AuditEvent> found = new ArrayList<>(newest);
        found.sort(Comparator.comparing(AuditEvent::time).reversed());
        return found;
    }

    /** Newest first. */
    private Map<String, List<Path>> filesByWriter() throws IOException {
        Map<String, List<Path>> files = new HashMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(AuditFiles::isOne)
                    .sorted(Comparator.comparing(AuditFiles::begun).reversed())
                    .forEach(file -> files.computeIfAbsent(AuditFiles.writer(file), unused -> new ArrayList<>())
                            .add(file));
        }
        return files;
    }

    private static long read(
            Path file, long bytesMax, int limit, Predicate<AuditEvent> wanted, PriorityQueue<AuditEvent> newest)
            throws IOException {
        byte[] end;
        try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
            long size = reading.length();
            end = new byte[(int) Math.min(bytesMax, size)];
            reading.seek(size - end.length);
            reading.readFully(end);
        }
        new String(end, StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> AuditFormat.read(line).stream())
                .filter(wanted)
                .forEach(event -> {
                    newest.add(event);
                    if (newest.size() > limit) {
                        newest.remove();
                    }
                });
        return end.length;
    }
}
