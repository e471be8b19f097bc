package dev.ashlar.auth.saml;

import dev.ashlar.config.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.xml.crypto.dsig.SignatureMethod;

/// Signs requests with a key of the operator's, whose certificate identity providers get in our
/// metadata.
public final class RequestSigner {
    private final PrivateKey key;
    private final Method method;
    private final String certificate;

    /// `uri` names it in XML, `name` in the JDK.
    private enum Method {
        RSA(SignatureMethod.RSA_SHA256, "SHA256withRSA"),
        /// As XML Signature 1.1, section 6.4.3, has it: two numbers, without ASN.1.
        EC(SignatureMethod.ECDSA_SHA256, "SHA256withECDSAinP1363Format");

        private final String uri;
        private final String name;

        Method(String uri, String name) {
            this.uri = uri;
            this.name = name;
        }
    }

    private RequestSigner(PrivateKey key, Method method, String certificate) {
        this.key = key;
        this.method = method;
        this.certificate = certificate;
    }

    /// Both in PEM, or its base64 alone; the key as PKCS #8. Throws [IllegalArgumentException] when
    /// they cannot be read or do not belong together.
    public static RequestSigner of(Secret key, String certificate) {
        try {
            byte[] box = bytes(certificate);
            PublicKey known =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(box))
                            .getPublicKey();
            Method method = Method.valueOf(known.getAlgorithm());
            PrivateKey secret =
                    KeyFactory.getInstance(known.getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(bytes(key.reveal())));
            RequestSigner signer =
                    new RequestSigner(secret, method, Base64.getEncoder().encodeToString(box));
            Signature check = Signature.getInstance(method.name);
            check.initVerify(known);
            check.update(new byte[] {1});
            if (check.verify(signer.sign(new byte[] {1}))) {
                return signer;
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // The cause could quote the key.
        }
        throw new IllegalArgumentException(
                "auth.saml.signing-key must be a key of RSA or elliptic curves in PKCS #8, and"
                        + " auth.saml.signing-certificate its certificate");
    }

    /// The URI that names what signatures are made with.
    String algorithm() {
        return method.uri;
    }

    /// In base64, for metadata.
    String certificate() {
        return certificate;
    }

    /// The signature of the text, in base64.
    String sign(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(sign(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that signed before does not sign", e);
        }
    }

    private byte[] sign(byte[] octets) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(method.name);
        signature.initSign(key);
        signature.update(octets);
        return signature.sign();
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z0-9 ]+-----", ""));
    }

    @Override
    public String toString() {
        return "RequestSigner[]";
    }
}
