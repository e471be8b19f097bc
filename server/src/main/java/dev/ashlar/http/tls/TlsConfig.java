package dev.ashlar.http.tls;

import dev.ashlar.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Section `http.tls`: with a certificate and its key, the port speaks TLS.
public record TlsConfig(
        @Setting(
                        doc =
                                "PEM file with the server's certificate and those between it and a"
                                        + " known authority (fullchain.pem); the port then speaks"
                                        + " https alone.")
                Optional<Path> certificate,
        @Setting(doc = "PEM file with the certificate's private key, not encrypted.")
                Optional<Path> key,
        @Setting(def = "1.2", doc = "Oldest version of TLS that is spoken: 1.2 or 1.3.")
                String minVersion,
        @Setting(
                        def = "auto",
                        doc =
                                "What does the cryptography: boringssl, jdk, or auto for the first"
                                        + " of them that there is.")
                Engine engine,
        @Setting(
                        def = "30s",
                        doc =
                                "How often the two files are looked at for newer ones; 0s for only"
                                        + " when SIGHUP comes.")
                Duration reloadInterval,
        @Setting(
                        def = "0",
                        doc =
                                "A plain port beside it, such as 80, that sends browsers on to"
                                        + " https; 0 for none.")
                int redirectPort,
        @Setting(
                        def = "0s",
                        doc =
                                "How long browsers shall use nothing but https for this host, all of"
                                        + " its ports included (Strict-Transport-Security); 0s to say"
                                        + " nothing.")
                Duration hsts) {

    /// What does the cryptography.
    public enum Engine {
        AUTO,
        BORINGSSL,
        JDK
    }

    /// A plain port.
    public static final TlsConfig OFF =
            new TlsConfig(
                    Optional.empty(),
                    Optional.empty(),
                    "1.2",
                    Engine.AUTO,
                    Duration.ZERO,
                    0,
                    Duration.ZERO);

    public TlsConfig {
        require(
                certificate.isPresent() == key.isPresent(),
                "http.tls.certificate and http.tls.key belong together: set both or neither");
        require(Set.of("1.2", "1.3").contains(minVersion), "http.tls.min-version is 1.2 or 1.3");
        require(
                redirectPort >= 0 && redirectPort <= 65_535,
                "http.tls.redirect-port is 0 to 65535");
        require(
                redirectPort == 0 || certificate.isPresent(),
                "http.tls.redirect-port needs http.tls.certificate");
        require(
                hsts.isZero() || certificate.isPresent(),
                "http.tls.hsts needs http.tls.certificate");
        require(!reloadInterval.isNegative(), "http.tls.reload-interval is not negative");
    }

    /// Whether the port speaks TLS.
    public boolean isOn() {
        return certificate.isPresent();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
