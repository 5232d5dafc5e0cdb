package io.citygrid.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.client.GridClient;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.NodeStart;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.tls.certs.KeyFolder;
import io.citygrid.security.tls.certs.Validity;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that encrypt what they keep: nobody reads it from the disk, they read it again, and backups come back. */
class EncryptedDataIT {
    private static final String NAME = "Zebunnisa";
    private static final String BACKUP = "monday";

    @TempDir
    Path directory;

    @Test
    void dataOnDiskIsReadWithTheKeyAlone() throws IOException {
        KeyFolder keys = new KeyFolder(directory.resolve("keys"), Validity.days(1));
        keys.makeDataKey();
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout plain = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            TestGrid.Layout layout = plain.with(keys);
            CustomerKey customer;
            StoreKey store;
            int tea;
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                customer = shop.customer(Shop.KARACHI, NAME, "0300-1");
                store = shop.store(Shop.KARACHI);
                tea = shop.product("47.00");
                shop.stock(store, tea, 10);
                shop.sold(Shop.basket(store, Shop.line(tea, 1)));
                assertThat(client.query("SELECT COUNT(*) FROM orders")).isEqualTo(List.of(List.of(1L)));

                assertThat(run(client, Work.BACKUP, BACKUP)).isEmpty();
                assertThat(run(client, Work.INCREMENT, ""))
                        .hasValueSatisfying(refusal -> assertThat(refusal).contains("Make a full backup instead"));
            }
            assertThat(filesWithTheName(directory.resolve("postgres")))
                    .as("the search finds what is not encrypted")
                    .isNotEmpty();
            assertThat(filesWithTheName(directory.resolve("nodes"))).isEmpty();
            assertThatThrownBy(
                            () -> NodeStart.start(plain.settings("karachi-1")).close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("ncrypt");

            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                assertThat(client.get(GridCaches.CUSTOMERS, customer).name()).isEqualTo(NAME);
                Shop shop = Shop.open(client);
                shop.sold(Shop.basket(store, Shop.line(tea, 1)));
                assertThat(run(client, Work.ROLL_BACK, BACKUP)).isEmpty();
                assertThat(client.query("SELECT COUNT(*) FROM orders")).isEqualTo(List.of(List.of(1L)));
                new Invariants(grid, postgres).check();
            }
            assertThat(filesWithTheName(directory.resolve("nodes"))).isEmpty();
        }
    }

    private static Optional<String> run(GridClient client, Work work, String name) {
        return FollowedRun.run(client, RunRequest.begin(work, name, 0, null), step -> {});
    }

    private static List<Path> filesWithTheName(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // One byte for each character, so that it is found wherever it begins.
                try {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(NAME)) {
                        found.add(file);
                    }
                } catch (NoSuchFileException removed) {
                    // By the running server.
                    continue;
                }
            }
        }
        return found;
    }
}
