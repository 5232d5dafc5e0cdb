package io.citygrid.security.tls.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.security.tls.OwnCertificate;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
    @TempDir
    Path directory;

    @Test
    void nothingIsOverwrittenAndRenewedKeysAreGoodForTheSameHosts() throws IOException {
        KeyFolder keys = new KeyFolder(directory.resolve("certs"), Validity.days(5));
        keys.makeAuthority();
        keys.makeKeys("karachi-1", Set.of("karachi-1.example.net", "10.0.0.4"));
        byte[] before = Files.readAllBytes(keys.settings("karachi-1").resolveSibling("key.p12"));

        keys.makeKeys("karachi-1", Set.of());

        assertThat(Files.readAllBytes(keys.settings("karachi-1").resolveSibling("key.p12")))
                .isNotEqualTo(before);
        OwnCertificate renewed =
                OwnCertificate.of(TlsSettings.read(keys.settings("karachi-1")).keys());
        assertThat(renewed.hosts())
                .containsExactlyInAnyOrder("karachi-1", "karachi-1.example.net", "10.0.0.4", "localhost", "127.0.0.1");
        assertThat(renewed.outOfTime(Instant.now())).isEmpty();
        assertThat(renewed.outOfTime(Instant.now().plus(Duration.ofDays(6))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("expired on", "--renew"));
        assertThat(renewed.expiresSoon(Instant.now())).isPresent();
        assertThat(keys.programs()).isEqualTo(List.of("karachi-1"));
        assertThatThrownBy(keys::makeAuthority).isInstanceOf(NotMade.class).hasMessageContaining("already");
        assertOwnerOnly();
    }

    @Test
    void aDataKeyIsMadeOnce() {
        KeyFolder keys = new KeyFolder(directory.resolve("certs"), Validity.days(5));
        keys.makeDataKey();
        assertThatThrownBy(keys::makeDataKey)
                .isInstanceOf(NotMade.class)
                .hasMessageContaining("cannot be read with another");
    }

    private void assertOwnerOnly() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("certs"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(KeyFolder.CERTIFICATE))
                    .toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }
}
