package dev.ashlar.auth.saml;

import static dev.ashlar.auth.saml.SafeXml.escape;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// We, as identity providers know us: a name, and where answers are posted to. Says so in metadata,
/// and asks in AuthnRequests (SAML core, section 3.4.1; HTTP redirect binding, bindings section
/// 3.4), signed where there is a key for it.
public record ServiceProvider(String entityId, String answersTo, Optional<RequestSigner> signer) {

    public String metadata() {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <EntityDescriptor xmlns="%s" entityID="%s">
          <SPSSODescriptor protocolSupportEnumeration="%s" AuthnRequestsSigned="%s" \
        WantAssertionsSigned="true">%s
            <NameIDFormat>%s</NameIDFormat>
            <NameIDFormat>%s</NameIDFormat>
            <AssertionConsumerService Binding="%s" Location="%s" index="0" \
        isDefault="true"/>
          </SPSSODescriptor>
        </EntityDescriptor>
        """
                .formatted(
                        SamlNames.METADATA,
                        escape(entityId),
                        SamlNames.PROTOCOL,
                        signer.isPresent(),
                        signer.map(ServiceProvider::keyDescriptor).orElse(""),
                        SamlNames.PERSISTENT,
                        SamlNames.EMAIL,
                        SamlNames.POST,
                        escape(answersTo));
    }

    private static String keyDescriptor(RequestSigner signer) {
        return """

        <KeyDescriptor use="signing">
          <KeyInfo xmlns="%s"><X509Data><X509Certificate>%s</X509Certificate></X509Data></KeyInfo>
        </KeyDescriptor>\
        """
                .formatted(SamlNames.SIGNATURE, signer.certificate());
    }

    /// The address that a browser asks with. `relayState` comes back with the answer.
    public String signInUrl(
            IdpMetadata idp,
            String requestId,
            Optional<String> nameIdFormat,
            String relayState,
            Instant now) {
        String request =
                """
                <samlp:AuthnRequest xmlns:samlp="%s" xmlns:saml="%s" ID="%s" Version="2.0" \
                IssueInstant="%s" Destination="%s" AssertionConsumerServiceURL="%s" \
                ProtocolBinding="%s"><saml:Issuer>%s</saml:Issuer>\
                <samlp:NameIDPolicy%s AllowCreate="true"/></samlp:AuthnRequest>\
                """
                        .formatted(
                                SamlNames.PROTOCOL,
                                SamlNames.ASSERTION,
                                requestId,
                                now.truncatedTo(ChronoUnit.SECONDS),
                                escape(idp.signInUrl()),
                                escape(answersTo),
                                SamlNames.POST,
                                escape(entityId),
                                nameIdFormat
                                        .map(format -> " Format=\"" + escape(format) + '"')
                                        .orElse(""));
        String query =
                "SAMLRequest="
                        + encode(Base64.getEncoder().encodeToString(deflated(request)))
                        + "&RelayState="
                        + encode(relayState);
        String separator = idp.signInUrl().indexOf('?') < 0 ? "?" : "&";
        return idp.signInUrl() + separator + signer.map(own -> signed(query, own)).orElse(query);
    }

    /// Bindings, section 3.4.4.1: over the very text of the query.
    private static String signed(String query, RequestSigner signer) {
        String all = query + "&SigAlg=" + encode(signer.algorithm());
        return all + "&Signature=" + encode(signer.sign(all));
    }

    /// RFC 1951, without a header.
    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
