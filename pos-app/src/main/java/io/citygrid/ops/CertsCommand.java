package io.citygrid.ops;

import io.citygrid.security.tls.certs.KeyFolder;
import io.citygrid.security.tls.certs.NotMade;
import io.citygrid.security.tls.certs.Validity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code certs}: keys and certificates for TLS on every door of a chain, from an authority of its own. */
@Command(
        name = "certs",
        description = {
            "Makes an authority for one chain, and a folder with keys for each node, the web application and the tools.",
            "What is there is never overwritten; --renew makes new certificates with the authority that is there."
        },
        sortOptions = false)
public final class CertsCommand implements Callable<Integer> {
    private static final int DAYS = 365;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the folders are made (default: ./certs).")
    private Path folder = Path.of("certs");

    @Option(
            names = "--node",
            split = ",",
            paramLabel = "NAME",
            description = "Nodes to make keys for (default: those of the demo; of an authority that is there: none).")
    private List<String> nodes = List.of();

    @Option(
            names = "--host",
            split = ",",
            paramLabel = "NAME",
            description = "Names or addresses by which others reach the machines: browsers refuse others. "
                    + "This machine's localhost is always one.")
    private List<String> hosts = List.of();

    @Option(names = "--days", paramLabel = "N", description = "How long certificates hold (default: " + DAYS + ").")
    private int days = DAYS;

    @Option(
            names = "--renew",
            description = "New keys and certificates for all that is in DIR, from the same authority.")
    private boolean renew;

    @Option(
            names = "--data-key",
            description = "Also a key with which nodes encrypt their data on disk (./pos node --data-key).")
    private boolean dataKey;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        KeyFolder keys;
        try {
            keys = new KeyFolder(folder, Validity.days(days));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), "--days: " + wrong.getMessage(), wrong);
        }
        try {
            make(keys, command.commandLine().getOut());
            return ExitCode.OK;
        } catch (NotMade refused) {
            command.commandLine().getErr().println("pos: " + refused.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private void make(KeyFolder keys, PrintWriter out) throws IOException {
        Set<String> wanted = wanted(keys);
        if (renew && !keys.exists()) {
            throw new NotMade("there is no authority in " + folder + ": without --renew one is made");
        }
        Set<String> there = new TreeSet<>(keys.programs());
        there.retainAll(wanted);
        if (!renew && !there.isEmpty()) {
            throw new NotMade(folder + " has keys of " + String.join(", ", there)
                    + " already, and they are not overwritten: --renew makes new ones");
        }
        if (wanted.isEmpty() && !dataKey) {
            throw new NotMade(
                    folder + " has an authority already: name nodes to make keys for with --node, or renew all "
                            + "with --renew");
        }
        if (!keys.exists()) {
            keys.makeAuthority();
            out.println("made " + folder.resolve("authority")
                    + ": who can read it can make himself a node, so it stays off servers");
        }
        for (String program : wanted) {
            keys.makeKeys(program, new TreeSet<>(hosts));
            out.println((renew ? "renewed " : "made ") + folder.resolve(program) + ": until "
                    + LocalDate.ofInstant(keys.expires(program), ZoneOffset.UTC));
            out.flush();
        }
        if (dataKey) {
            keys.makeDataKey();
            out.println("made " + keys.dataSettings().getParent()
                    + ": the same for all nodes and for ever; without it nobody reads the data again");
        }
        out.println(next(keys, wanted));
    }

    private Set<String> wanted(KeyFolder keys) throws IOException {
        Set<String> wanted = new LinkedHashSet<>();
        if (renew) {
            wanted.addAll(keys.programs());
        } else if (!keys.exists()) {
            wanted.addAll(nodes.isEmpty() ? List.of("karachi-1", "karachi-2", "lahore-1", "lahore-2") : nodes);
            wanted.addAll(List.of(KeyFolder.APP, KeyFolder.CLIENT));
        }
        wanted.addAll(nodes);
        return wanted;
    }

    private String next(KeyFolder keys, Set<String> made) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (renew) {
            lines.add("next: copy the folders again, and restart what uses them; nodes with ./pos ops rolling-restart");
            return String.join("\n", lines);
        }
        lines.add(
                "next: copy each folder to its program's machine, readable by that program's user alone, and start with");
        made.stream()
                .filter(program -> !program.equals(KeyFolder.APP) && !program.equals(KeyFolder.CLIENT))
                .findFirst()
                .ifPresent(node -> lines.add("  ./pos node --name " + node + " --tls " + keys.settings(node) + " …"));
        if (dataKey) {
            lines.add("  ./pos node … --data-key " + keys.dataSettings());
        }
        if (made.contains(KeyFolder.APP)) {
            lines.add("  ./pos app --tls " + keys.settings(KeyFolder.APP) + " …       HTTPS, and TLS to the nodes");
            lines.add("  ./pos sql, check, load, ops … --tls " + keys.settings(KeyFolder.CLIENT));
            lines.add("browsers, curl and Prometheus trust " + folder.resolve(KeyFolder.CERTIFICATE));
        }
        return String.join("\n", lines);
    }
}
