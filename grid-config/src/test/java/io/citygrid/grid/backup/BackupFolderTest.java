package io.citygrid.grid.backup;

import static io.citygrid.grid.backup.SomeBackups.complete;
import static io.citygrid.grid.backup.SomeBackups.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.PgDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFolderTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        BackupFolder folder = new BackupFolder(directory.resolve("backups"));
        PgDump.Database dump = new PgDump.Database(
                1,
                "karachi_db",
                "17.5",
                List.of("city 1"),
                List.of(new PgDump.Table("public.orders", List.of("a", "b"), "public.orders.copy.gz", 3, 40, "ab")),
                List.of(new PgDump.Receipts(1, 2, 3)));
        Manifest manifest = complete("a", 0).with(new Manifest.Point(1, minute(1), minute(2), null, List.of(dump)));
        folder.write(manifest);
        folder.write(complete("b", 3));

        assertThat(folder.manifests()).containsExactly(manifest, complete("b", 3));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.of("a"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileThatIsNoManifestHidesNoOther() throws IOException {
        BackupFolder folder = new BackupFolder(directory);
        folder.write(complete("b", 3));
        Files.writeString(Files.createDirectory(folder.of("broken")).resolve("manifest.json"), "{\"format\":");

        assertThat(folder.manifests()).containsExactly(complete("b", 3));
    }
}
