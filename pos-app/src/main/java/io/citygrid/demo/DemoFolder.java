package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import io.citygrid.launch.FileTree;
import io.citygrid.load.cli.DemoLogins;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a demo keeps everything, held by one demo at a time. A file in it says that it is a demo's, and with which
 * survival goal it was made: nothing is written to, or deleted from, a folder that is not one.
 */
final class DemoFolder implements AutoCloseable {
    private static final String MARKER = "demo.properties";
    private static final String LOCK = "demo.lock";
    private static final String GOAL = "survive";

    /** What a demo makes and {@code --fresh} deletes; the log stays, and the lock is held. */
    private static final List<String> MADE = List.of(
            "postgres",
            "postgres.new",
            "postgres-password",
            "nodes",
            "tmp",
            ConnectionsFile.NAME,
            DemoUsers.USERS,
            DemoLogins.FILE,
            MARKER);

    /** What may be there without the marker, from a start that was cut short. */
    private static final Set<String> KEPT = Set.of(LOCK, "logs", "postgres-binaries", "backups", Demo.AUDIT);

    private final Path path;
    private final RandomAccessFile lockFile;

    private DemoFolder(Path path, RandomAccessFile lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Takes hold of {@code path}, which is made if it is missing.
     *
     * @throws CannotStart if another demo holds it, or it holds something else than a demo's data
     */
    static DemoFolder open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            requireDemo(absolute);
            // The real path, because processes that a killed demo left are known by it.
            Path real = Files.createDirectories(absolute).toRealPath();
            RandomAccessFile file = new RandomAccessFile(real.resolve(LOCK).toFile(), "rw");
            @Nullable FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                String holder = file.readLine();
                file.close();
                throw new CannotStart("a demo is running in " + absolute + " (process " + holder
                        + "): stop it, or choose another folder with --data");
            }
            file.setLength(0);
            file.writeBytes(ProcessHandle.current().pid() + "\n");
            return new DemoFolder(real, file);
        } catch (IOException notUsable) {
            throw new CannotStart(
                    "folder " + absolute + " cannot be used: " + notUsable.getMessage()
                            + "; choose another with --data",
                    notUsable);
        }
    }

    private static void requireDemo(Path path) throws IOException {
        if (!Files.exists(path) || Files.exists(path.resolve(MARKER))) {
            return;
        }
        try (Stream<Path> content = Files.list(path)) {
            if (content.anyMatch(entry -> !KEPT.contains(entry.getFileName().toString()))) {
                throw new CannotStart(
                        path + " was not made by a demo and is not empty: choose another folder with --data");
            }
        }
    }

    /**
     * The survival goal of the data in here, which is fixed when it is made.
     *
     * @param wanted the goal asked for, or {@code null} for the one it has
     * @throws CannotStart if it was made with another goal
     */
    SurvivalGoal goal(@Nullable SurvivalGoal wanted) throws IOException {
        Path marker = path.resolve(MARKER);
        if (!Files.exists(marker)) {
            SurvivalGoal goal = wanted == null ? SurvivalGoal.BOTH : wanted;
            Files.writeString(
                    marker,
                    "# This folder belongs to a CityGrid POS demo; --fresh deletes what the demo made in it.\n" + GOAL
                            + "=" + goal.setting() + "\n");
            return goal;
        }
        Properties values = new Properties();
        values.load(new StringReader(Files.readString(marker, StandardCharsets.UTF_8)));
        SurvivalGoal made = SurvivalGoal.of(values.getProperty(GOAL, ""));
        if (wanted != null && wanted != made) {
            throw new CannotStart("the data in " + path + " was made with --survive " + made.setting()
                    + ", which cannot be changed to " + wanted.setting()
                    + ": leave the goal as it is, delete the data with"
                    + " --fresh, or choose another folder with --data");
        }
        return made;
    }

    /** Deletes what demos made in here, and nothing else. */
    void deleteData() throws IOException {
        for (String made : MADE) {
            FileTree.delete(path.resolve(made));
        }
    }

    /** Makes the folders for the nodes, which hold what customers bought, and for the log. */
    void prepare() throws IOException {
        for (String kept : List.of("nodes", "logs")) {
            Files.setPosixFilePermissions(
                    Files.createDirectories(path.resolve(kept)), PosixFilePermissions.fromString("rwx------"));
        }
        ConnectionsFile.delete(path);
        FileTree.delete(temporary());
        Files.createDirectories(temporary());
    }

    Path path() {
        return path;
    }

    /** For temporary files: what is left there when the demo is killed is cleared at the next start. */
    Path temporary() {
        return path.resolve("tmp");
    }

    @Override
    public void close() {
        try (lockFile) {
            FileTree.delete(temporary());
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }
}
