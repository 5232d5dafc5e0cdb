package io.citygrid.durability;

import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema of a database up to date: the city tables everywhere, and the central tables in the central database. */
final class Schema {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);

    static final Duration UPDATE_WITHIN = Duration.ofSeconds(30);

    private static final String CITY = "city";
    private static final String CENTRAL = "central";
    private static final String LATEST = "latest";
    private static final String HISTORY = "flyway_%s_history";

    private Schema() {}

    /** @throws org.flywaydb.core.api.FlywayException if the database is out of reach or a migration fails */
    static void update(DatabaseSettings settings, int home, String url) {
        update(settings, home, url, List.of());
    }

    /**
     * As far as {@code newest} says.
     *
     * @param newest the last migration of each part, as in {@code city 1}; a part that is not named is brought up to date
     * @throws org.flywaydb.core.api.FlywayException if the database is out of reach or a migration fails
     */
    static void update(DatabaseSettings settings, int home, String url, List<String> newest) {
        int applied = configure(settings, url, CITY, newest).load().migrate().migrationsExecuted;
        if (home == DatabaseSettings.CENTRAL) {
            applied += configure(settings, url, CENTRAL, newest)
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

    /** The part whose migrations are written down in the table {@code history}. */
    static String part(String history) {
        return history.equals(HISTORY.formatted(CENTRAL)) ? CENTRAL : CITY;
    }

    private static FluentConfiguration configure(
            DatabaseSettings settings, String url, String part, List<String> newest) {
        String target = newest.stream()
                .filter(version -> version.startsWith(part + " "))
                .map(version -> version.substring(part.length() + 1))
                .findFirst()
                .orElse(LATEST);
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(url, settings.user(), settings.password())
                .locations("classpath:db/migration/" + part)
                .target(target)
                .table(HISTORY.formatted(part));
    }
}
