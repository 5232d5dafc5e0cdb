package io.citygrid.security.tls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes of a cluster, asked whether they and this one trust each other before it starts. Ignite lets a node whose peers
 * refuse it found a cluster of its own; and a node that trusts one peer and not another does not start at all, so that a single
 * peer with an expired certificate would keep every other from coming back.
 */
public final class Peers {
    private final List<String> addresses;
    private final String own;
    private final @Nullable TlsSettings settings;

    /** No peer is trusted and trusts this node, and some are there. */
    public static final class Untrusted extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Untrusted(Map<String, String> reasons) {
            super("no node of the cluster and this one trust each other, and it must not become a cluster of its own: "
                    + String.join("; ", reasons.values()));
        }
    }

    /**
     * Asks nobody yet.
     *
     * @param addresses discovery addresses, {@code host:port}
     * @param own the one that is this node itself
     * @param settings {@code null} for a node without TLS
     */
    public Peers(List<String> addresses, String own, @Nullable TlsSettings settings) {
        this.addresses = addresses;
        this.own = own;
        this.settings = settings;
    }

    /**
     * The addresses without those whose node refuses this one or is refused; those where nobody answers remain.
     *
     * @throws Untrusted if nobody trusts this node, or it nobody, and some are there
     */
    public List<String> trusted() {
        Map<String, Door.Answer> answers = answers();
        Map<String, String> refusals = new LinkedHashMap<>();
        answers.forEach((address, answer) -> {
            if (answer.sign() == Door.Sign.SHUT) {
                refusals.put(address, address + ": " + answer.why());
            }
        });
        boolean welcome = answers.values().stream().anyMatch(answer -> answer.sign() == Door.Sign.OPEN);
        if (!refusals.isEmpty() && !welcome) {
            throw new Untrusted(refusals);
        }
        return addresses.stream()
                .filter(address -> !refusals.containsKey(address))
                .toList();
    }

    private Map<String, Door.Answer> answers() {
        List<String> others =
                addresses.stream().filter(address -> !address.equals(own)).toList();
        if (others.isEmpty()) {
            return Map.of();
        }
        @Nullable
        SSLContext context =
                settings == null ? null : GridTls.betweenNodes(settings).create();
        ExecutorService side = Executors.newFixedThreadPool(others.size(), work -> {
            Thread thread = new Thread(work, "asks-peers");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Door.Answer>> asked = new ArrayList<>();
            for (String other : others) {
                asked.add(side.submit(() -> Door.at(other).knock(settings, context)));
            }
            Map<String, Door.Answer> answers = new LinkedHashMap<>();
            for (int index = 0; index < others.size(); index++) {
                answers.put(others.get(index), asked.get(index).get());
            }
            return answers;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the other nodes were asked", stopping);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the other nodes could not be asked: " + failed.getCause(), failed);
        } finally {
            side.shutdownNow();
        }
    }
}
