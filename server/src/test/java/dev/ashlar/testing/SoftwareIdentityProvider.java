package dev.ashlar.testing;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/// An identity provider of SAML 2.0 that signs with a real key, and says whatever a test wants it
/// to: also what no honest one would.
public final class SoftwareIdentityProvider {
    public static final String PAGE = "https://idp.example/sso";
    public static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
    public static final String SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol";
    public static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";

    private final String entityId;
    private final KeyPair keys;

    private SoftwareIdentityProvider(String entityId, KeyPair keys) {
        this.entityId = entityId;
        this.keys = keys;
    }

    public static SoftwareIdentityProvider rsa(String entityId) {
        return rsa(entityId, 2_048);
    }

    public static SoftwareIdentityProvider rsa(String entityId, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new SoftwareIdentityProvider(entityId, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static SoftwareIdentityProvider ec(String entityId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SoftwareIdentityProvider(entityId, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String entityId() {
        return entityId;
    }

    public KeyPair keys() {
        return keys;
    }

    /// With the keys of further ones, as during a change of keys.
    public String metadata(SoftwareIdentityProvider... more) {
        String descriptors =
                Stream.concat(Stream.of(this), Stream.of(more))
                        .map(one ->
                                """
                                <KeyDescriptor use="signing"><KeyInfo xmlns="%s"><X509Data>\
                                <X509Certificate>%s</X509Certificate></X509Data></KeyInfo>\
                                </KeyDescriptor>\
                                """
                                        .formatted(DSIG, one.certificate()))
                        .collect(Collectors.joining());
        return """
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">\
        <IDPSSODescriptor protocolSupportEnumeration="%s">%s\
        <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" \
        Location="%s"/></IDPSSODescriptor></EntityDescriptor>\
        """
                .formatted(entityId, SAMLP, descriptors, PAGE);
    }

    /// Self-signed, in base64.
    public String certificate() {
        try {
            boolean rsa = keys.getPublic().getAlgorithm().equals("RSA");
            AlgorithmIdentifier algorithm =
                    new AlgorithmIdentifier(
                            rsa
                                    ? PKCSObjectIdentifiers.sha256WithRSAEncryption
                                    : X9ObjectIdentifiers.ecdsa_with_SHA256);
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(1));
            generator.setIssuer(new X500Name("CN=idp"));
            generator.setSubject(new X500Name("CN=idp"));
            generator.setStartDate(new Time(new DERUTCTime("250101000000Z")));
            generator.setEndDate(new Time(new DERUTCTime("490101000000Z")));
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            generator.setSignature(algorithm);
            TBSCertificate body = generator.generateTBSCertificate();
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body.getEncoded());
            ASN1EncodableVector all = new ASN1EncodableVector();
            all.add(body);
            all.add(algorithm);
            all.add(new DERBitString(signature.sign()));
            return Base64.getEncoder().encodeToString(new DERSequence(all).getEncoded());
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /// What is said, piece by piece. Absent pieces are null.
    public static final class Words {
        public final Map<String, List<String>> attributes = new LinkedHashMap<>();
        public String responseId = "_r" + UUID.randomUUID();
        public String assertionId = "_a" + UUID.randomUUID();
        public @Nullable String issuer;
        public @Nullable String responseIssuer;
        public @Nullable String destination;
        public @Nullable String recipient;
        public @Nullable String audience;
        public @Nullable String requestId;
        public @Nullable String responseRequestId;
        public @Nullable String nameId = UUID.randomUUID().toString();
        public String format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
        public String status = "urn:oasis:names:tc:SAML:2.0:status:Success";
        public String confirmation = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
        public String condition = "";
        public @Nullable Instant notBefore;
        public @Nullable Instant notOnOrAfter;
        public @Nullable Instant confirmedUntil;
        public @Nullable Instant sessionEnd;
        public boolean signedIn = true;

        private Words() {}

        public Words email(String address) {
            attributes.put("email", List.of(address));
            return this;
        }
    }

    /// Good ones, for a service provider of this name and address. `requestId` may be null.
    public Words words(String audience, String recipient, @Nullable String requestId, Instant now) {
        Words words = new Words();
        words.issuer = entityId;
        words.responseIssuer = entityId;
        words.destination = recipient;
        words.recipient = recipient;
        words.audience = audience;
        words.requestId = requestId;
        words.responseRequestId = requestId;
        words.notBefore = now.minusSeconds(5);
        words.notOnOrAfter = now.plusSeconds(300);
        words.confirmedUntil = now.plusSeconds(300);
        return words;
    }

    /// Without any signature.
    public static String response(Words words) {
        return """
        <samlp:Response xmlns:samlp="%s" xmlns:saml="%s" ID="%s" Version="2.0"%s%s>%s\
        <samlp:Status><samlp:StatusCode Value="%s"/></samlp:Status>%s</samlp:Response>\
        """
                .formatted(
                        SAMLP,
                        SAML,
                        words.responseId,
                        attribute("Destination", words.destination),
                        attribute("InResponseTo", words.responseRequestId),
                        element("saml:Issuer", words.responseIssuer),
                        words.status,
                        assertion(words));
    }

    private static String assertion(Words words) {
        return """
        <saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="%s" Version="2.0" \
        IssueInstant="%s">%s<saml:Subject>%s<saml:SubjectConfirmation Method="%s">\
        <saml:SubjectConfirmationData%s%s%s/></saml:SubjectConfirmation></saml:Subject>\
        <saml:Conditions%s%s>%s%s</saml:Conditions>%s%s</saml:Assertion>\
        """
                .formatted(
                        words.assertionId,
                        text(Instant.now()),
                        element("saml:Issuer", words.issuer),
                        words.nameId == null
                                ? ""
                                : "<saml:NameID Format=\"%s\">%s</saml:NameID>"
                                        .formatted(words.format, words.nameId),
                        words.confirmation,
                        attribute("Recipient", words.recipient),
                        attribute("InResponseTo", words.requestId),
                        time("NotOnOrAfter", words.confirmedUntil),
                        time("NotBefore", words.notBefore),
                        time("NotOnOrAfter", words.notOnOrAfter),
                        words.audience == null
                                ? ""
                                : "<saml:AudienceRestriction>"
                                        + element("saml:Audience", words.audience)
                                        + "</saml:AudienceRestriction>",
                        words.condition,
                        words.signedIn
                                ? "<saml:AuthnStatement AuthnInstant=\"%s\"%s/>"
                                        .formatted(
                                                text(Instant.now()),
                                                time("SessionNotOnOrAfter", words.sessionEnd))
                                : "",
                        statement(words.attributes));
    }

    private static String statement(Map<String, List<String>> attributes) {
        return attributes.isEmpty()
                ? ""
                : attributes.entrySet().stream()
                        .map(one ->
                                "<saml:Attribute Name=\"%s\">%s</saml:Attribute>"
                                        .formatted(
                                                one.getKey(),
                                                one.getValue().stream()
                                                        .map(value ->
                                                                "<saml:AttributeValue"
                                                                        + " xsi:type=\"xs:string\">"
                                                                        + value
                                                                        + "</saml:AttributeValue>")
                                                        .collect(Collectors.joining())))
                        .collect(
                                Collectors.joining(
                                        "",
                                        "<saml:AttributeStatement>",
                                        "</saml:AttributeStatement>"));
    }

    /// What a signature is made with.
    public record Making(String method, String digest, String canonical, List<String> transforms) {
        public static final Making RSA =
                new Making(
                        SignatureMethod.RSA_SHA256,
                        DigestMethod.SHA256,
                        CanonicalizationMethod.EXCLUSIVE,
                        List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE));

        public Making withMethod(String other) {
            return new Making(other, digest, canonical, transforms);
        }

        public Making withDigest(String other) {
            return new Making(method, other, canonical, transforms);
        }

        public Making withCanonical(String other) {
            return new Making(method, digest, other, transforms);
        }

        public Making withTransforms(String... others) {
            return new Making(method, digest, canonical, List.of(others));
        }
    }

    /// The response with its assertion signed, in base64 as a form has it.
    public String answer(Words words) {
        Document document = parse(response(words));
        sign(one(document, SAML, "Assertion"));
        return encode(document);
    }

    /// The same with the whole response signed instead.
    public String answerSignedAsAWhole(Words words) {
        Document document = parse(response(words));
        sign(document.getDocumentElement());
        return encode(document);
    }

    public void sign(Element element) {
        Making making =
                keys.getPublic().getAlgorithm().equals("EC")
                        ? Making.RSA.withMethod(SignatureMethod.ECDSA_SHA256)
                        : Making.RSA;
        sign(element, keys.getPrivate(), making);
    }

    /// The signature comes after the issuer; it refers to the ID of the element.
    public void sign(Element element, Key key, Making making) {
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            List<Transform> transforms =
                    making.transforms().stream().map(name -> transform(factory, name)).toList();
            Reference reference =
                    factory.newReference(
                            "#" + element.getAttribute("ID"),
                            factory.newDigestMethod(making.digest(), null),
                            transforms,
                            null,
                            null);
            SignedInfo info =
                    factory.newSignedInfo(
                            factory.newCanonicalizationMethod(
                                    making.canonical(), (C14NMethodParameterSpec) null),
                            factory.newSignatureMethod(making.method(), null),
                            List.of(reference));
            KeyInfoFactory infos = factory.getKeyInfoFactory();
            KeyInfo own = infos.newKeyInfo(List.of(infos.newKeyValue(keys.getPublic())));
            element.setIdAttribute("ID", true);
            DOMSignContext context = new DOMSignContext(key, element);
            Element issuer = child(element, SAML, "Issuer");
            if (issuer != null) {
                context.setNextSibling(issuer.getNextSibling());
            }
            context.setDefaultNamespacePrefix("ds");
            context.setProperty("org.jcp.xml.dsig.secureValidation", false);
            factory.newXMLSignature(info, own).sign(context);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Transform transform(XMLSignatureFactory factory, String name) {
        try {
            if (name.endsWith(" xs")) {
                // As OpenSAML does for the types of attribute values.
                return factory.newTransform(
                        CanonicalizationMethod.EXCLUSIVE, new ExcC14NParameterSpec(List.of("xs")));
            }
            return factory.newTransform(name, (TransformParameterSpec) null);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static String text(Node node) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(node), new StreamResult(text));
            return text.toString();
        } catch (javax.xml.transform.TransformerException e) {
            throw new AssertionError(e);
        }
    }

    public static String encode(Document document) {
        return encode(text(document));
    }

    public static String encode(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    /// The first in the document.
    public static Element one(Document document, String namespace, String name) {
        return (Element) document.getElementsByTagNameNS(namespace, name).item(0);
    }

    public static @Nullable Element child(Element parent, String namespace, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element
                    && namespace.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                return element;
            }
        }
        return null;
    }

    public static Element required(Element parent, String namespace, String name) {
        return Objects.requireNonNull(child(parent, namespace, name));
    }

    private static String element(String name, @Nullable String text) {
        return text == null ? "" : "<" + name + ">" + text + "</" + name + ">";
    }

    private static String attribute(String name, @Nullable String text) {
        return text == null ? "" : " " + name + "=\"" + text + "\"";
    }

    private static String time(String name, @Nullable Instant time) {
        return attribute(name, time == null ? null : text(time));
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
