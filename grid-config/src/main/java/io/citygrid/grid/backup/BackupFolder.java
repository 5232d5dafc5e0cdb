package io.citygrid.grid.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The folder with a node's backups: one folder each, with a manifest and the dumps. Only its owner can read it. */
public final class BackupFolder {
    private static final Logger log = LoggerFactory.getLogger(BackupFolder.class);

    private static final String MANIFEST = "manifest.json";
    private static final String OWNER_ONLY = "rwx------";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path directory;

    public BackupFolder(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** Where the backup {@code name} lies, whether there is one or not. */
    public Path of(String name) {
        return directory.resolve(name);
    }

    /** Where the dumps of {@code database} at that point lie. */
    public Path dump(String name, Manifest.Point point, String database) {
        return of(name).resolve(point.folder()).resolve(database);
    }

    /** All manifests that can be read, oldest first. */
    public List<Manifest> manifests() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Manifest> manifests = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                Path file = entry.resolve(MANIFEST);
                if (Files.isRegularFile(file)) {
                    try {
                        manifests.add(parse(Files.readString(file)));
                    } catch (JacksonException | IllegalArgumentException unreadable) {
                        log.warn("{} cannot be read: {}", file, unreadable.getMessage());
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        manifests.sort(Comparator.comparing(Manifest::begun));
        return manifests;
    }

    /** That of the backup {@code name}, if it is here and can be read. */
    public Optional<Manifest> manifest(String name) {
        return manifests().stream()
                .filter(manifest -> manifest.name().equals(name))
                .findFirst();
    }

    /** As it is written down. */
    public static String format(Manifest manifest) {
        return JSON.writeValueAsString(manifest);
    }

    /** @throws JacksonException if it is none */
    public static Manifest parse(String text) {
        return JSON.readValue(text, Manifest.class);
    }

    /** Writes it so that it is there whole or, as before, or not at all. */
    void write(Manifest manifest) {
        try {
            Path folder = prepare(of(manifest.name()));
            Path part = folder.resolve(MANIFEST + ".part");
            Files.writeString(part, format(manifest) + "\n");
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(
                    part,
                    folder.resolve(MANIFEST),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException notWritten) {
            throw new UncheckedIOException(notWritten);
        }
    }

    private Path prepare(Path folder) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            restrict(directory);
        }
        Files.createDirectories(folder);
        restrict(folder);
        return folder;
    }

    private static void restrict(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
        }
    }

    /** Deletes what is left of a point that failed, so that it can be made again. */
    void clear(String name, Manifest.Point point) {
        delete(of(name).resolve(point.folder()));
    }

    /** Deletes the backup {@code name}: its dumps, then its manifest. */
    void delete(String name) {
        delete(of(name));
    }

    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException notDeleted) {
            throw new UncheckedIOException(notDeleted);
        }
    }
}
