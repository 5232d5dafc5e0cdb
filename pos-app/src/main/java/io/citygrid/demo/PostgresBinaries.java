package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import io.citygrid.launch.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs, unpacked once for all demos of a user from the archive that zonky publishes for this machine. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /**
     * Unpacks unless that was done before.
     *
     * @param folder where to put them, each version in a folder of its own
     * @return the folder with {@code bin} in it
     */
    static Path unpack(Path folder) throws IOException {
        byte[] archive = archive();
        Path unpacked = folder.resolve("postgres-" + digest(archive));
        if (Files.isDirectory(unpacked)) {
            return unpacked;
        }
        Files.createDirectories(folder);
        // Unpacked beside and then renamed: a folder of that name is complete, even if two demos unpack at the same
        // time.
        Path draft = Files.createTempDirectory(folder, ".unpacking-");
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            extract(archive, draft);
            Files.move(draft, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notMoved) {
            if (!Files.isDirectory(unpacked)) {
                throw notMoved;
            }
        } finally {
            FileTree.delete(draft);
        }
        return unpacked;
    }

    /** Where to unpack for this user: his cache, or {@code otherwise} if he has none that can be written to. */
    static Path cacheFolder(Path otherwise) {
        @Nullable String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache != null && cache.startsWith("/")
                ? Path.of(cache)
                : Path.of(System.getProperty("user.home", "/nonexistent"), ".cache");
        Path folder = base.resolve("citygrid-pos");
        try {
            Files.createDirectories(folder);
        } catch (IOException notWritable) {
            return otherwise;
        }
        return Files.isWritable(folder) ? folder : otherwise;
    }

    private static byte[] archive() throws IOException {
        String name = archiveName(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                Files.exists(Path.of("/etc/alpine-release")));
        try (@Nullable InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new CannotStart("there is no embedded PostgreSQL for this kind of machine (" + name
                        + "): run the demo on Linux or macOS, on an x86-64 or 64-bit ARM processor");
            }
            return archive.readAllBytes();
        }
    }

    /** How zonky names its archives. */
    static String archiveName(String system, String architecture, boolean alpine) {
        String processor =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> architecture;
                };
        return "postgres-" + (system.startsWith("Mac") ? "darwin" : system.toLowerCase(Locale.ROOT)) + "-" + processor
                + (alpine ? "-alpine_linux" : "") + ".txz";
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive holds " + entry.getName() + ", outside its own folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static String digest(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
