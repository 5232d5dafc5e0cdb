package io.citygrid.security.tls.certs;

/** What a certificate is good for. */
public enum Use {
    /** A node: both ends of connections between nodes, and a server for clients. */
    NODE("node", "serverAuth,clientAuth"),
    /** A program that connects to nodes: a web application, a loader, an analyst's tool. */
    CLIENT("client", "clientAuth"),
    /** What a browser is shown. */
    WEB("web", "serverAuth");

    private final String unit;
    private final String purposes;

    Use(String unit, String purposes) {
        this.unit = unit;
        this.purposes = purposes;
    }

    /** The organisational unit in the subject's name. */
    String unit() {
        return unit;
    }

    /** As keytool writes the extended key usage. */
    String purposes() {
        return purposes;
    }
}
