package io.citygrid.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium with a profile of its own. As a condition it lets browser tests run where Chromium and its driver are
 * installed; with {@code CITYGRID_REQUIRE_BROWSER=true} (environment or system property) they run in any case, and fail without.
 */
public final class Chromium implements ExecutionCondition, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Chromium.class);
    private static final String REQUIRE = "CITYGRID_REQUIRE_BROWSER";
    private static final String MISSING =
            "chromium and chromedriver are not on the PATH " + "(Debian: apt-get install chromium chromium-driver).";

    private static final Duration LOGGED_IN_WITHIN = Duration.ofSeconds(20);

    private final Path profile;
    private final ChromeDriver driver;

    /** Starts a browser; JUnit makes one of these as a condition too, which starts none. */
    public static Chromium start() {
        try {
            return new Chromium(Files.createTempDirectory("citygrid-browser"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The condition. */
    public Chromium() {
        this.profile = null;
        this.driver = null;
    }

    private Chromium(Path profile) {
        this.profile = profile;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").orElseThrow(() -> new IllegalStateException(MISSING)));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1024,768",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow(() -> new IllegalStateException(MISSING)))
                .usingAnyFreePort()
                .build();
        this.driver = new ChromeDriver(service, options);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Logs {@code user} in on the login page, as they would. */
    public void logIn(WebApp app, String user) {
        driver.get(app.uri("/login").toString());
        driver.findElement(By.id("name")).sendKeys(user);
        driver.findElement(By.id("password")).sendKeys(WebUsers.password(user), Keys.ENTER);
        new WebDriverWait(driver, LOGGED_IN_WITHIN).until(page -> page.findElements(By.id("visitor")).stream()
                .anyMatch(visitor -> visitor.getText().equals(user)));
    }

    private static Optional<File> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Boolean.parseBoolean(System.getProperty(REQUIRE, System.getenv().getOrDefault(REQUIRE, "false")))) {
            return ConditionEvaluationResult.enabled("a browser is required");
        }
        if (program("chromium").isPresent() && program("chromedriver").isPresent()) {
            return ConditionEvaluationResult.enabled("a browser is installed");
        }
        if (context.getTestMethod().isEmpty()) {
            log.warn("Browser tests are skipped: {}", MISSING);
        }
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public void close() {
        driver.quit();
        FileSystemUtils.deleteRecursively(profile.toFile());
    }
}
