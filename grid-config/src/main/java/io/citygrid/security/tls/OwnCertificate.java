package io.citygrid.security.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificate that a program shows others. An expired one is found here, before anybody is asked: TLS 1.3 tells a client only
 * that its certificate was refused, not why.
 */
public final class OwnCertificate {
    private static final Duration SOON = Duration.ofDays(30);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final TlsSettings.Store store;
    private final X509Certificate certificate;

    private OwnCertificate(TlsSettings.Store store, X509Certificate certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    /** @throws IllegalArgumentException if {@code store} cannot be opened, or holds no key */
    public static OwnCertificate of(TlsSettings.Store store) {
        KeyStore opened = open(store);
        try {
            for (String alias : Collections.list(opened.aliases())) {
                if (opened.isKeyEntry(alias) && opened.getCertificate(alias) instanceof X509Certificate found) {
                    return new OwnCertificate(store, found);
                }
            }
        } catch (GeneralSecurityException notUsable) {
            throw new IllegalArgumentException(
                    "key store " + store.path() + " cannot be used: " + notUsable.getMessage(), notUsable);
        }
        throw new IllegalArgumentException("key store " + store.path() + " has no key in it");
    }

    /** @throws IllegalArgumentException if {@code store} cannot be opened */
    static KeyStore open(TlsSettings.Store store) {
        try (InputStream bytes = Files.newInputStream(store.path())) {
            KeyStore opened = KeyStore.getInstance(TlsSettings.STORE_TYPE);
            opened.load(bytes, store.password().toCharArray());
            return opened;
        } catch (IOException | GeneralSecurityException notOpened) {
            throw new IllegalArgumentException(
                    "key store " + store.path() + " cannot be opened (" + notOpened.getMessage()
                            + "): the password beside it in the --tls file must be its own",
                    notOpened);
        }
    }

    /** Why nobody will accept it at {@code now}; empty if its time is right. */
    public Optional<String> outOfTime(Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("the certificate in " + store.path() + " expired on "
                    + day(certificate.getNotAfter().toInstant())
                    + ": make a new one (`./pos certs --renew`, or ask who gave it to you) and start again");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of("the certificate in " + store.path() + " holds only from "
                    + day(certificate.getNotBefore().toInstant()) + " on: is this machine's clock right?");
        }
        return Optional.empty();
    }

    /** That it will expire within a month. */
    public Optional<String> expiresSoon(Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        return end.isAfter(now) && end.isBefore(now.plus(SOON))
                ? Optional.of("the certificate in " + store.path() + " expires on " + day(end)
                        + ": renew it and restart this program before then")
                : Optional.empty();
    }

    /** Whose it is, and who vouches for it. */
    public String words() {
        return "'" + certificate.getSubjectX500Principal().getName() + "', issued by '"
                + certificate.getIssuerX500Principal().getName() + "'";
    }

    /** Names and addresses that it is good for as a server's. */
    public Set<String> hosts() {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
        } catch (CertificateParsingException unreadable) {
            throw new IllegalArgumentException(
                    "the certificate in " + store.path() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The last moment at which it is accepted. */
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    static String day(Instant time) {
        return DAY.format(time);
    }
}
