package io.citygrid.bench;

import io.citygrid.demo.EmbeddedPostgres;
import io.citygrid.demo.LeftOverNodes;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.FileTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a benchmark works, one at a time: what it needs is deleted when it ends, its results stay. */
final class BenchFolder implements AutoCloseable {
    private static final String LOCK = "bench.lock";

    /** What a run makes for itself. */
    private static final List<String> MADE = List.of("server", "grid");

    private final Path path;
    private final RandomAccessFile lockFile;

    private BenchFolder(Path path, RandomAccessFile lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** @throws CannotStart if another run holds it, or it holds something else */
    static BenchFolder open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.exists(absolute.resolve(LOCK))) {
            try (Stream<Path> content = Files.list(absolute)) {
                if (content.findAny().isPresent()) {
                    throw new CannotStart(
                            absolute + " was not made by a benchmark and is not empty: choose another with --data");
                }
            }
        }
        Path real = Files.createDirectories(absolute).toRealPath();
        RandomAccessFile file = new RandomAccessFile(real.resolve(LOCK).toFile(), "rw");
        if (lock(file) == null) {
            file.close();
            throw new CannotStart("a benchmark is running in " + real + ": wait for it, or choose another with --data");
        }
        BenchFolder folder = new BenchFolder(real, file);
        // A run that was killed may have left its server running; its nodes take a moment to leave.
        new EmbeddedPostgres(real.resolve("server"), 1).close();
        LeftOverNodes.awaitGone(real.resolve("grid").resolve("nodes"));
        folder.clear();
        return folder;
    }

    private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    private void clear() throws IOException {
        for (String made : MADE) {
            FileTree.delete(path.resolve(made));
        }
    }

    @Override
    public void close() {
        try (lockFile) {
            clear();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
