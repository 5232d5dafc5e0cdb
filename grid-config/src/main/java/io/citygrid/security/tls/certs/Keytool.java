package io.citygrid.security.tls.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's keytool. Passwords reach it by its environment: a command line can be read by everybody. */
final class Keytool {
    private static final String PASSWORD = "CITYGRID_KEYTOOL_PASSWORD";
    private static final long WITHIN_SECONDS = 60;

    private final Path store;
    private final String password;

    Keytool(Path store, String password) {
        this.store = store;
        this.password = password;
    }

    /** @throws NotMade with what keytool said */
    void run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of(
                // Quick to start: it does one thing and ends.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                PASSWORD));
        ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
        keytool.environment().put(PASSWORD, password);
        try {
            Process running = keytool.start();
            running.getOutputStream().close();
            String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!running.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new NotMade("keytool did not end within " + WITHIN_SECONDS + " s", null);
            }
            if (running.exitValue() != 0) {
                throw new NotMade("keytool failed: " + said.strip(), null);
            }
        } catch (IOException notThere) {
            throw new NotMade(
                    "keytool cannot be run (" + notThere.getMessage()
                            + "): it comes with every JDK, so run this with one",
                    notThere);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotMade("interrupted while keytool ran", stopping);
        }
    }
}
