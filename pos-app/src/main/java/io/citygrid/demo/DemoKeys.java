package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import io.citygrid.security.tls.TlsSettings;
import io.citygrid.security.tls.certs.KeyFolder;
import io.citygrid.security.tls.certs.NotMade;
import io.citygrid.security.tls.certs.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of a demo with TLS, made at its first start; or none. */
public final class DemoKeys {
    /** In the demo's folder. */
    static final String FOLDER = "tls";

    private static final int DAYS = 365;

    /** Of certificates that are shorter than this, new ones are made at the start. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(7);

    private final @Nullable KeyFolder folder;

    private DemoKeys(@Nullable KeyFolder folder) {
        this.folder = folder;
    }

    public static DemoKeys none() {
        return new DemoKeys(null);
    }

    /** Makes what is missing or about to expire. */
    public static DemoKeys in(Path data, List<String> nodes, Consumer<String> tell) {
        KeyFolder keys = new KeyFolder(data.resolve(FOLDER), Validity.days(DAYS));
        List<String> programs = new ArrayList<>(nodes);
        programs.addAll(List.of(KeyFolder.APP, KeyFolder.CLIENT));
        try {
            if (!keys.exists()) {
                tell.accept("making an authority and keys for TLS");
                keys.makeAuthority();
            }
            for (String program : programs) {
                if (!Files.exists(keys.settings(program))
                        || keys.expires(program).isBefore(Instant.now().plus(RENEWED_BEFORE))) {
                    keys.makeKeys(program, Set.of());
                }
            }
        } catch (NotMade | IllegalArgumentException failed) {
            throw new CannotStart("the keys for TLS: " + failed.getMessage(), failed);
        }
        return new DemoKeys(keys);
    }

    boolean used() {
        return folder != null;
    }

    /** Of a node; {@code null} without TLS. So the others. */
    @Nullable
    public TlsSettings of(String program) {
        return folder == null ? null : TlsSettings.read(folder.settings(program));
    }

    @Nullable
    TlsSettings app() {
        return of(KeyFolder.APP);
    }

    @Nullable
    public TlsSettings client() {
        return of(KeyFolder.CLIENT);
    }

    /** The file that names the keys of {@link #client}. */
    @Nullable
    public Path clientFile() {
        return folder == null ? null : folder.settings(KeyFolder.CLIENT);
    }

    /** The authority's certificate. */
    Path certificate() {
        return Objects.requireNonNull(folder).certificate();
    }
}
