package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pictures of whole pages, for people to look at, on a desk's screen and on a telephone's, where nothing may stick out. */
public final class PagePictures {
    private static final int DESK_PIXELS = 1280;
    private static final int TELEPHONE_PIXELS = 390;

    private final ChromeDriver driver;
    private final Path folder;

    /** @param folder a name under {@code target} */
    public PagePictures(Chromium browser, String folder) {
        this.driver = browser.driver();
        this.folder = Path.of("target", folder);
    }

    /** Takes both pictures of what the browser shows now. */
    public void take(String name) {
        try {
            take(name, DESK_PIXELS);
            take(name + "-narrow", TELEPHONE_PIXELS);
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private void take(String name, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width == TELEPHONE_PIXELS));
        Number shown = (Number) driver.executeScript("return document.documentElement.scrollWidth");
        assertThat(shown.intValue()).as("pixels that %s takes", name).isLessThanOrEqualTo(width);
        Object picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        try {
            Files.write(
                    Files.createDirectories(folder).resolve(name + ".png"),
                    Base64.getDecoder().decode(String.valueOf(picture)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
