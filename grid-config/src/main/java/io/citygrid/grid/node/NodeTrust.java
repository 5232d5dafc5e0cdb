package io.citygrid.grid.node;

import io.citygrid.security.tls.GridTls;
import io.citygrid.security.tls.OwnCertificate;
import io.citygrid.security.tls.Peers;
import io.citygrid.security.tls.TlsSettings;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a node that its cluster does not trust, or that speaks no TLS to one that does, from becoming a cluster of its own. */
final class NodeTrust {
    private static final Logger log = LoggerFactory.getLogger(NodeTrust.class);

    private final NodeSettings settings;
    private final Peers peers;

    NodeTrust(NodeSettings settings) {
        this.settings = settings;
        this.peers = new Peers(settings.peers(), settings.discoveryAddress(), settings.tls());
    }

    /**
     * The peers to join by. Without TLS nobody is asked before the start: to a node that speaks none either the question would look
     * like an attack.
     *
     * @throws IllegalArgumentException if this node's own certificate has expired or cannot be read
     * @throws Peers.Untrusted if there are peers and none is trusted
     */
    List<String> peers() {
        TlsSettings tls = settings.tls();
        if (tls == null) {
            return settings.peers();
        }
        tls.requireInTime(Instant.now());
        OwnCertificate.of(tls.keys()).expiresSoon(Instant.now()).ifPresent(log::warn);
        List<String> trusted = peers.trusted();
        settings.peers().stream()
                .filter(peer -> !trusted.contains(peer))
                .forEach(peer -> log.warn("node {} and the one at {} do not trust each other", settings.name(), peer));
        return trusted;
    }

    /**
     * Looks again when the node has found nobody: another may have started meanwhile, or speaks TLS and this one does not.
     *
     * @throws Peers.Untrusted if there are peers and none is trusted
     */
    void requireNotAlone(Ignite node) {
        if (node.cluster().nodes().size() == 1) {
            peers.trusted();
        }
    }

    /**
     * What to say of a start that failed: Ignite's words for a lack of trust are about sockets and streams.
     *
     * @return {@code failed} itself unless it is that
     */
    RuntimeException explain(RuntimeException failed) {
        boolean ofTrust = false;
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            ofTrust |= cause instanceof SSLException;
        }
        if (!ofTrust) {
            return failed;
        }
        try {
            peers.trusted();
            return failed;
        } catch (Peers.Untrusted reason) {
            reason.addSuppressed(failed);
            return reason;
        }
    }

    /** For the metrics over HTTPS; {@code null} for HTTP. */
    @Nullable
    SSLContext endpointContext() {
        TlsSettings tls = settings.tls();
        return tls == null ? null : GridTls.ofClient(tls).create();
    }
}
