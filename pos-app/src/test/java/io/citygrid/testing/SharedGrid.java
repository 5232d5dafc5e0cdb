package io.citygrid.testing;

import io.citygrid.grid.client.GridClient;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.util.FileSystemUtils;

/**
 * One grid of four nodes and one PostgreSQL for all tests of a run that leave both as they were; each test works in stores of
 * its own. The invariants are checked after every test. They run before all others, see {@link SharedGridFirst}.
 */
public final class SharedGrid implements BeforeAllCallback, AfterEachCallback, AutoCloseable {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedGrid.class);
    private static final String GRID = "grid";

    private final Path directory;
    private final TestPostgres postgres;
    private final TestGrid grid;
    private final GridClient client;
    private final Shop shop;

    private static SharedGrid instance;

    /** Called by JUnit; does nothing until a test asks for the grid. */
    public SharedGrid() {
        this(null, null, null, null, null);
    }

    private SharedGrid(Path directory, TestPostgres postgres, TestGrid grid, GridClient client, Shop shop) {
        this.directory = directory;
        this.postgres = postgres;
        this.grid = grid;
        this.client = client;
        this.shop = shop;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(GRID, unused -> start());
    }

    static boolean isUsedBy(Class<?> test) {
        return AnnotationSupport.findRepeatableAnnotations(test, ExtendWith.class).stream()
                .anyMatch(used -> List.of(used.value()).contains(SharedGrid.class));
    }

    /** Whoever asks for it afterwards gets a new one. */
    static void end(ExtensionContext context) {
        SharedGrid running = context.getRoot().getStore(NAMESPACE).remove(GRID, SharedGrid.class);
        if (running != null) {
            running.close();
        }
    }

    private static SharedGrid start() {
        try {
            Path directory = Files.createTempDirectory("citygrid-test");
            TestPostgres postgres = new TestPostgres(directory);
            TestGrid grid = startGrid(directory, postgres);
            GridClient client = grid.connect();
            instance = new SharedGrid(directory, postgres, grid, client, Shop.open(client));
            return instance;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A PostgreSQL whose grid does not start would outlive the tests. */
    private static TestGrid startGrid(Path directory, TestPostgres postgres) {
        try {
            return new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
        } catch (RuntimeException notStarted) {
            postgres.close();
            throw notStarted;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            new Invariants(instance.grid, instance.postgres).check();
        }
    }

    public static TestGrid grid() {
        return instance.grid;
    }

    public static TestPostgres postgres() {
        return instance.postgres;
    }

    public static GridClient client() {
        return instance.client;
    }

    public static Shop shop() {
        return instance.shop;
    }

    @Override
    public void close() {
        client.close();
        grid.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(directory.toFile());
    }
}
