package io.citygrid.durability;

import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema of a database up to date: the city tables everywhere, and the central tables in the central database. */
final class Schema {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);

    static final Duration UPDATE_WITHIN = Duration.ofSeconds(30);

    private Schema() {}

    /** @throws org.flywaydb.core.api.FlywayException if the database is out of reach or a migration fails */
    static void update(DatabaseSettings settings, int home, String url) {
        int applied = configure(settings, url, "city").load().migrate().migrationsExecuted;
        if (home == DatabaseSettings.CENTRAL) {
            applied += configure(settings, url, "central")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate()
                    .migrationsExecuted;
        }
        if (applied > 0) {
            log.info("database {}: {} schema migrations applied", settings.name(home), applied);
        }
    }

    private static FluentConfiguration configure(DatabaseSettings settings, String url, String part) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(url, settings.user(), settings.password())
                .locations("classpath:db/migration/" + part)
                .table("flyway_" + part + "_history");
    }
}
