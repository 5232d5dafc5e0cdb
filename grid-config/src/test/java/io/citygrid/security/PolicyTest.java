package io.citygrid.security;

import static org.apache.ignite.plugin.security.SecurityPermission.ADMIN_KILL;
import static org.apache.ignite.plugin.security.SecurityPermission.ADMIN_SNAPSHOT;
import static org.apache.ignite.plugin.security.SecurityPermission.CACHE_CREATE;
import static org.apache.ignite.plugin.security.SecurityPermission.CACHE_PUT;
import static org.apache.ignite.plugin.security.SecurityPermission.CACHE_READ;
import static org.apache.ignite.plugin.security.SecurityPermission.CACHE_REMOVE;
import static org.apache.ignite.plugin.security.SecurityPermission.TASK_EXECUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.GridCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
    private static final Policy SHIPPED = Policy.shipped();

    @TempDir
    Path folder;

    private Policy of(String text) throws IOException {
        return Policy.of(Files.writeString(folder.resolve("policy.properties"), text));
    }

    @Test
    void whatNoLineAllowsIsRefused() throws IOException {
        Policy policy = of("ops.system = ADMIN_SNAPSHOT\nops.cache.read = stores, sales*\n");

        assertThat(policy.allows(Role.OPS, ADMIN_SNAPSHOT, null)).isTrue();
        assertThat(policy.allows(Role.OPS, ADMIN_KILL, null)).isFalse();
        assertThat(policy.allows(Role.OPS, CACHE_READ, "stores")).isTrue();
        assertThat(policy.allows(Role.OPS, CACHE_READ, "sales_by_day")).isTrue();
        assertThat(policy.allows(Role.OPS, CACHE_READ, "stores2")).isFalse();
        assertThat(policy.allows(Role.OPS, CACHE_READ, null)).isFalse();
        assertThat(policy.allows(Role.OPS, CACHE_PUT, "stores")).isFalse();
        assertThat(policy.allows(Role.ANALYST, CACHE_READ, "stores")).isFalse();
    }

    @Test
    void equalPoliciesHaveOneHashHoweverTheyAreWritten() throws IOException {
        String one = of("# a\nops.cache.read = a,b\nanalyst.cache.read = c\n").hash();
        assertThat(of("analyst.cache.read=c\nops.cache.read=b, a\n").hash()).isEqualTo(one);
        assertThat(of("analyst.cache.read=c\nops.cache.read=b,a,d\n").hash()).isNotEqualTo(one);
    }

    @Test
    void aLineThatMeansNothingIsNamed() {
        for (String line : new String[] {
            "cashier.cache.read = a", "ops.cache.reed = a", "ops.system = CACHE_READ", "ops.system = NOTHING", "ops = a"
        }) {
            assertThatThrownBy(() -> of(line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(line.substring(0, line.indexOf(' ')));
        }
    }

    @Test
    void theShippedOneKeepsWhatTheRolesPromise() {
        for (SecurityPermission permission : SecurityPermission.values()) {
            assertThat(SHIPPED.allows(Role.CENTRAL_ADMIN, permission, "anything"))
                    .as("%s", permission)
                    .isTrue();
        }
        for (var cache : GridCaches.ALL) {
            assertThat(SHIPPED.allows(Role.REPLICATOR, CACHE_REMOVE, cache.name()))
                    .isFalse();
            assertThat(SHIPPED.allows(Role.ANALYST, CACHE_PUT, cache.name())).isFalse();
            assertThat(SHIPPED.allows(Role.OPS, CACHE_PUT, cache.name())).isFalse();
            assertThat(SHIPPED.allows(Role.STORE_APP, CACHE_PUT, cache.name())).isFalse();
            assertThat(SHIPPED.allows(Role.POS_APP, CACHE_PUT, cache.name())).isFalse();
        }
        for (Role role : new Role[] {Role.ANALYST, Role.OPS, Role.STORE_APP, Role.POS_APP, Role.NODE}) {
            assertThat(SHIPPED.allows(role, CACHE_READ, "customer_contacts"))
                    .as("%s", role)
                    .isFalse();
            assertThat(SHIPPED.allows(role, CACHE_CREATE, "anything"))
                    .as("%s", role)
                    .isFalse();
        }
        for (String personal : new String[] {"customers", "orders", "payments"}) {
            assertThat(SHIPPED.allows(Role.OPS, CACHE_READ, personal))
                    .as(personal)
                    .isFalse();
            assertThat(SHIPPED.allows(Role.STORE_APP, CACHE_READ, personal))
                    .as(personal)
                    .isFalse();
        }
        assertThat(SHIPPED.allows(Role.STORE_APP, TASK_EXECUTE, "io.citygrid.stock.MoveStockTask"))
                .isFalse();
    }
}
