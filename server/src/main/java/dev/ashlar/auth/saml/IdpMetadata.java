package dev.ashlar.auth.saml;

import static dev.ashlar.auth.saml.SamlNames.METADATA;
import static dev.ashlar.auth.saml.SamlNames.SIGNATURE;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// What an identity provider says of itself (SAML metadata, sections 2.3 and 2.4): its name, where
/// browsers are sent to, and the keys that it signs with. Several keys are good at the same time,
/// which is how they are changed. A certificate is a box for its key: whether it has expired, and
/// who has signed it, does not matter (metadata interoperability profile, section 2.6.1).
public record IdpMetadata(
        String entityId, String signInUrl, List<PublicKey> keys, Optional<Instant> validUntil) {
    private static final int MAX_ENTITY_CHARS = 1_024;
    private static final int MAX_URL_CHARS = 2_048;
    private static final int MAX_KEYS = 10;
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 8_192;
    private static final int MIN_EC_BITS = 256;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    public IdpMetadata {
        keys = List.copyOf(keys);
    }

    public static IdpMetadata parse(String xml) throws SamlFailure {
        Element root = SafeXml.parse(xml);
        if (!SafeXml.is(root, METADATA, "EntityDescriptor")) {
            throw SamlFailure.invalid("metadata must be one EntityDescriptor");
        }
        String entityId =
                SafeXml.findAttribute(root, "entityID")
                        .filter(text -> !text.isBlank() && text.length() <= MAX_ENTITY_CHARS)
                        .orElseThrow(() -> SamlFailure.invalid("metadata has no usable entityID"));
        Element role = SafeXml.requireChild(root, METADATA, "IDPSSODescriptor");
        return new IdpMetadata(
                entityId,
                signInUrl(role),
                keys(role),
                AssertionReader.findTime(root, "validUntil"));
    }

    /// Whoever has written it says until when it can be believed.
    public void requireValidAt(Instant now) throws SamlFailure {
        if (validUntil.isPresent() && !now.isBefore(validUntil.get())) {
            throw SamlFailure.refreshable("metadata of the identity provider has expired");
        }
    }

    private static String signInUrl(Element role) throws SamlFailure {
        for (Element service : SafeXml.children(role, METADATA, "SingleSignOnService")) {
            if (SafeXml.findAttribute(service, "Binding").equals(Optional.of(SamlNames.REDIRECT))) {
                return SafeXml.findAttribute(service, "Location")
                        .filter(IdpMetadata::isPage)
                        .orElseThrow(() ->
                                SamlFailure.invalid(
                                        "the Location of a SingleSignOnService must be a URL of"
                                                + " https"));
            }
        }
        throw SamlFailure.invalid("metadata has no SingleSignOnService for HTTP-Redirect");
    }

    private static boolean isPage(String url) {
        try {
            URI uri = new URI(url);
            boolean safe =
                    "https".equalsIgnoreCase(uri.getScheme())
                            || ("http".equalsIgnoreCase(uri.getScheme())
                                    && HERE.contains(String.valueOf(uri.getHost())));
            return safe
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && url.length() <= MAX_URL_CHARS;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static List<PublicKey> keys(Element role) throws SamlFailure {
        List<PublicKey> keys = new ArrayList<>();
        for (Element descriptor : SafeXml.children(role, METADATA, "KeyDescriptor")) {
            if (SafeXml.findAttribute(descriptor, "use").orElse("signing").equals("signing")) {
                for (Element certificate : certificates(descriptor)) {
                    keys.add(key(SafeXml.text(certificate)));
                }
            }
        }
        if (keys.isEmpty()) {
            throw SamlFailure.invalid("metadata has no certificate to sign with");
        }
        if (keys.size() > MAX_KEYS) {
            throw SamlFailure.invalid("metadata has more than " + MAX_KEYS + " certificates");
        }
        return keys;
    }

    private static List<Element> certificates(Element descriptor) {
        return SafeXml.children(descriptor, SIGNATURE, "KeyInfo").stream()
                .flatMap(info -> SafeXml.children(info, SIGNATURE, "X509Data").stream())
                .flatMap(data -> SafeXml.children(data, SIGNATURE, "X509Certificate").stream())
                .toList();
    }

    private static PublicKey key(String base64) throws SamlFailure {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            PublicKey key =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes))
                            .getPublicKey();
            if (isStrong(key)) {
                return key;
            }
        } catch (CertificateException | IllegalArgumentException _) {
            throw SamlFailure.invalid("metadata has a certificate that cannot be read");
        }
        throw SamlFailure.invalid(
                "keys must be of RSA with 2048 to 8192 bits, or of elliptic curves from P-256 on");
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                yield bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
            }
            case ECPublicKey curve ->
                    curve.getParams().getCurve().getField().getFieldSize() >= MIN_EC_BITS;
            default -> false;
        };
    }
}
