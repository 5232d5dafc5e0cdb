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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a benchmark works, one at a time: its data is deleted when it ends, results and logs stay. */
final class BenchFolder implements AutoCloseable {
    private static final String LOCK = "bench.lock";

    private static final String SERVER = "server";
    private static final String GRID = "grid";

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
        return new BenchFolder(real, file);
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

    /** Makes room: a run that was killed may have left its server running, and its nodes take a moment to leave. */
    void clear() throws IOException {
        new EmbeddedPostgres(path.resolve(SERVER), 1).close();
        LeftOverNodes.awaitGone(path.resolve(GRID).resolve("nodes"));
        FileTree.delete(path.resolve(SERVER));
        FileTree.delete(path.resolve(GRID));
    }

    /** Where the server's data lies, until the end. */
    Path server() {
        return path.resolve(SERVER);
    }

    /** Where the nodes work; their logs stay until the next run. */
    Path grid() {
        return path.resolve(GRID);
    }

    @Override
    public void close() {
        try (lockFile) {
            FileTree.delete(server());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
