package dev.ashlar.auth.saml;

import static dev.ashlar.testing.SoftwareIdentityProvider.DSIG;
import static dev.ashlar.testing.SoftwareIdentityProvider.SAML;
import static dev.ashlar.testing.SoftwareIdentityProvider.SAMLP;
import static dev.ashlar.testing.SoftwareIdentityProvider.encode;
import static dev.ashlar.testing.SoftwareIdentityProvider.one;
import static dev.ashlar.testing.SoftwareIdentityProvider.parse;
import static dev.ashlar.testing.SoftwareIdentityProvider.required;
import static dev.ashlar.testing.SoftwareIdentityProvider.response;
import static dev.ashlar.testing.SoftwareIdentityProvider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.testing.SoftwareIdentityProvider;
import dev.ashlar.testing.SoftwareIdentityProvider.Making;
import dev.ashlar.testing.SoftwareIdentityProvider.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The known ways to show a checker one thing and a reader another: signature wrapping in its eight
/// shapes (Somorovsky and others, "On Breaking SAML: Be Whoever You Want to Be", USENIX Security
/// 2012, as numbered by SAML Raider), comments within names, entities, and weaker algorithms.
class SignatureWrappingTest {
    private static final String SELF = "https://api.example/sso/saml/metadata";
    private static final String HERE = "https://api.example/sso/saml/acs";
    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");
    private static final String ATTACKER = "mallory";
    private static final String VICTIM = "admin";
    private static final SoftwareIdentityProvider IDP =
            SoftwareIdentityProvider.rsa("https://idp.example/metadata");

    private static Words words() {
        Words words = IDP.words(SELF, HERE, "_request", NOW).email("mallory@acme.example");
        words.nameId = ATTACKER;
        return words;
    }

    private static Assertion read(String encoded) throws SamlFailure {
        return SamlResponse.parse(encoded)
                .verified(
                        new Expected(
                                IDP.entityId(),
                                List.of(IDP.keys().getPublic()),
                                SELF,
                                HERE,
                                Optional.of("_request"),
                                NOW,
                                Duration.ofSeconds(30)));
    }

    private static void refuses(Document document) {
        assertThatThrownBy(() -> read(encode(document))).isInstanceOf(SamlFailure.class);
    }

    /// Where the signed original goes, and the forged one comes.
    enum Shape {
        /// The forged response holds the original one within the signature.
        XSW1,
        /// The same beside the signature, which is detached.
        XSW2,
        /// The forged assertion comes before the original.
        XSW3,
        /// The original is within the forged one.
        XSW4,
        /// The forged one keeps the signature; the original stands at the end, without it.
        XSW5,
        /// The original is within the signature, which is within the forged one.
        XSW6,
        /// The forged one hides in an element for extensions.
        XSW7,
        /// The original hides in an object of the signature.
        XSW8
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void noShapeOfWrappingGetsThrough(Shape shape) {
        Document document = parse(response(words()));
        boolean whole = shape == Shape.XSW1 || shape == Shape.XSW2;
        IDP.sign(whole ? document.getDocumentElement() : one(document, SAML, "Assertion"));
        assertThat(text(document)).contains("SignatureValue");
        Document wrapped = whole ? aroundTheResponse(document, shape) : wrap(document, shape);
        assertThat(text(wrapped)).contains(VICTIM);
        refuses(wrapped);
        // Nor with the ID of the original, so that the reference could mean either.
        refuses(sameIds(wrapped));
    }

    private static Document aroundTheResponse(Document document, Shape shape) {
        Element original = (Element) document.getDocumentElement().cloneNode(true);
        Element root = document.getDocumentElement();
        Element signature = required(root, DSIG, "Signature");
        original.removeChild(required(original, DSIG, "Signature"));
        forge(one(document, SAML, "Assertion"));
        root.setAttribute("ID", "_evil");
        if (shape == Shape.XSW1) {
            signature.appendChild(original);
        } else {
            root.insertBefore(original, signature);
        }
        return document;
    }

    private static Document wrap(Document document, Shape shape) {
        Element root = document.getDocumentElement();
        Element original = required(root, SAML, "Assertion");
        Element forged = (Element) original.cloneNode(true);
        Element signature = required(original, DSIG, "Signature");
        Element copied = required(forged, DSIG, "Signature");
        forge(forged);
        forged.setAttribute("ID", "_evil");
        switch (shape) {
            case XSW3 -> {
                forged.removeChild(copied);
                root.insertBefore(forged, original);
            }
            case XSW4 -> {
                forged.removeChild(copied);
                root.replaceChild(forged, original);
                forged.appendChild(original);
            }
            case XSW5 -> {
                original.removeChild(signature);
                root.insertBefore(forged, original);
            }
            case XSW6 -> {
                original.removeChild(signature);
                root.replaceChild(forged, original);
                copied.appendChild(original);
            }
            case XSW7 -> {
                forged.removeChild(copied);
                Element extensions = document.createElementNS(SAMLP, "samlp:Extensions");
                extensions.appendChild(forged);
                root.insertBefore(extensions, original);
            }
            case XSW8 -> {
                original.removeChild(signature);
                root.replaceChild(forged, original);
                Element object = document.createElementNS(DSIG, "ds:Object");
                copied.appendChild(object);
                object.appendChild(original);
            }
            case XSW1, XSW2 -> throw new AssertionError();
        }
        return document;
    }

    private static void forge(Element assertion) {
        Node name = assertion.getElementsByTagNameNS(SAML, "NameID").item(0);
        name.setTextContent(VICTIM);
    }

    private static Document sameIds(Document wrapped) {
        Document document = parse(text(wrapped));
        String signed = one(document, DSIG, "Reference").getAttribute("URI").substring(1);
        for (String name : List.of("Assertion", "Response")) {
            var all = document.getElementsByTagNameNS("*", name);
            for (int i = 0; i < all.getLength(); i++) {
                if (((Element) all.item(i)).getAttribute("ID").equals("_evil")) {
                    ((Element) all.item(i)).setAttribute("ID", signed);
                }
            }
        }
        return document;
    }

    /// What stands behind the door: whichever element is taken with whichever signature, what comes
    /// out was signed.
    @ParameterizedTest
    @EnumSource(Shape.class)
    void noSignatureIsGoodForWhatItWasNotMadeOver(Shape shape) throws SamlFailure {
        Document document = parse(response(words()));
        boolean whole = shape == Shape.XSW1 || shape == Shape.XSW2;
        IDP.sign(whole ? document.getDocumentElement() : one(document, SAML, "Assertion"));
        Document wrapped = whole ? aroundTheResponse(document, shape) : wrap(document, shape);
        for (Document either : List.of(wrapped, sameIds(wrapped))) {
            List<Element> all = SafeXml.all(either.getDocumentElement());
            for (Element signature : all) {
                for (Element element : all) {
                    if (SafeXml.is(signature, DSIG, "Signature") && element.hasAttribute("ID")) {
                        assertThat(signedName(element, signature)).isIn(ATTACKER, "");
                    }
                }
            }
        }
    }

    private static String signedName(Element element, Element signature) {
        try {
            List<java.security.PublicKey> keys = List.of(IDP.keys().getPublic());
            Element signed = SignatureCheck.verified(element, signature, keys);
            return signed.getElementsByTagNameNS(SAML, "NameID").item(0).getTextContent();
        } catch (SamlFailure _) {
            return "";
        }
    }

    @Test
    void whatComesOutIsWhatWasDigested() throws SamlFailure {
        Document document = parse(response(words()));
        Element assertion = one(document, SAML, "Assertion");
        IDP.sign(assertion);
        assertion.appendChild(document.createComment("not signed"));
        Element signed =
                SignatureCheck.verified(
                        assertion,
                        SignatureCheck.find(assertion).orElseThrow(),
                        List.of(IDP.keys().getPublic()));
        assertThat(signed.getOwnerDocument().isSameNode(document)).isFalse();
        assertThat(text(signed)).doesNotContain("not signed").doesNotContain("SignatureValue");
        assertThat(text(signed)).contains(ATTACKER);
    }

    /// The one that passes the shape of the document: the signature of another answer over a forged
    /// assertion.
    @Test
    void aForgedAssertionUnderATrueSignatureIsRefused() {
        Document document = parse(response(words()));
        IDP.sign(one(document, SAML, "Assertion"));
        forge(one(document, SAML, "Assertion"));
        refuses(document);
    }

    @Test
    void theSignatureOfAnotherElementIsRefused() {
        // Signed was the response of an earlier sign-in; moved into the assertion of this one.
        Document earlier = parse(response(words()));
        IDP.sign(earlier.getDocumentElement());
        Document document = parse(response(words()));
        forge(one(document, SAML, "Assertion"));
        Element assertion = one(document, SAML, "Assertion");
        Element signature = one(earlier, DSIG, "Signature");
        assertion.insertBefore(
                document.importNode(signature, true),
                required(assertion, SAML, "Issuer").getNextSibling());
        refuses(document);
    }

    @Test
    void whatIsReadIsWhatWasSigned() throws SamlFailure {
        // The response is not signed: what is changed there changes nothing of what is read.
        Document document = parse(response(words()));
        IDP.sign(one(document, SAML, "Assertion"));
        document.getDocumentElement().setAttribute("ID", "_other");
        assertThat(read(encode(document)).name().orElseThrow().text()).isEqualTo(ATTACKER);
    }

    @Test
    void twoGoodSignaturesAreBothChecked() throws SamlFailure {
        Document document = parse(response(words()));
        IDP.sign(one(document, SAML, "Assertion"));
        IDP.sign(document.getDocumentElement());
        assertThat(read(encode(document)).name().orElseThrow().text()).isEqualTo(ATTACKER);
        Document forged = parse(response(words()));
        SoftwareIdentityProvider.rsa(IDP.entityId()).sign(one(forged, SAML, "Assertion"));
        IDP.sign(forged.getDocumentElement());
        refuses(forged);
    }

    @Test
    void nothingSignedIsNothing() {
        assertThatThrownBy(() -> read(encode(response(words()))))
                .hasMessageContaining("neither the response nor the assertion is signed");
        Document emptied = parse(response(words()));
        IDP.sign(one(emptied, SAML, "Assertion"));
        Node value = one(emptied, DSIG, "SignatureValue");
        value.setTextContent("");
        refuses(emptied);
    }

    /// What is signed does not change with a comment, what a careless reader takes of it does.
    @Test
    void commentsDoNotCutNames() throws SamlFailure {
        Words words = words();
        words.nameId = "admin@acme.example.evil.example";
        Document document = parse(response(words));
        IDP.sign(one(document, SAML, "Assertion"));
        String commented =
                text(document)
                        .replace(
                                "admin@acme.example.evil.example",
                                "admin@acme.example<!-- -->.evil.example");
        assertThat(read(encode(commented)).name().orElseThrow().text())
                .isEqualTo("admin@acme.example.evil.example");
        String sections =
                text(document)
                        .replace(
                                "admin@acme.example.evil.example",
                                "<![CDATA[admin@acme.example]]>.evil.example");
        assertThat(read(encode(sections)).name().orElseThrow().text())
                .isEqualTo("admin@acme.example.evil.example");
    }

    @Test
    void elementsWithinNamesAreRefused() {
        Document document =
                parse(response(words()).replace(">" + ATTACKER + "<", ">adm<x xmlns=\"\"/>in<"));
        IDP.sign(one(document, SAML, "Assertion"));
        assertThatThrownBy(() -> read(encode(document))).hasMessageContaining("more than text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
                "<!DOCTYPE x>"
            })
    void documentTypesAreRefused(String type) {
        Document document = parse(response(words()));
        IDP.sign(one(document, SAML, "Assertion"));
        assertThatThrownBy(() -> read(encode(type + text(document))))
                .hasMessageContaining("document type");
        assertThatThrownBy(() -> IdpMetadata.parse(type + IDP.metadata()))
                .hasMessageContaining("document type");
    }

    @Test
    void instructionsSizeAndDepthAreBounded() {
        Document document = parse(response(words()));
        IDP.sign(one(document, SAML, "Assertion"));
        assertThatThrownBy(() -> read(encode("<?php x?>" + text(document))))
                .hasMessageContaining("instructions");
        assertThatThrownBy(() -> read(encode("<x>" + "y".repeat(300_000) + "</x>")))
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> read(encode("<x>".repeat(100) + "</x>".repeat(100))))
                .hasMessageContaining("no XML");
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        assertThatThrownBy(() -> read(encode("<x" + attributes + "/>")))
                .hasMessageContaining("no XML");
    }

    @Test
    void weakAlgorithmsAreRefused() {
        for (Making making :
                List.of(
                        Making.RSA.withMethod(SignatureMethod.RSA_SHA1),
                        Making.RSA.withDigest(DigestMethod.SHA1),
                        Making.RSA.withCanonical(CanonicalizationMethod.INCLUSIVE),
                        Making.RSA.withCanonical(CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS),
                        Making.RSA.withTransforms(
                                Transform.ENVELOPED,
                                CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS),
                        Making.RSA.withTransforms(
                                Transform.ENVELOPED, CanonicalizationMethod.INCLUSIVE),
                        Making.RSA.withTransforms(Transform.ENVELOPED),
                        Making.RSA.withTransforms(
                                Transform.ENVELOPED,
                                CanonicalizationMethod.EXCLUSIVE,
                                CanonicalizationMethod.EXCLUSIVE))) {
            Document document = parse(response(words()));
            IDP.sign(one(document, SAML, "Assertion"), IDP.keys().getPrivate(), making);
            assertThatThrownBy(() -> read(encode(document)))
                    .as(making.toString())
                    .hasMessageContaining("not");
        }
    }

    @Test
    void otherGoodOnesAreAccepted() throws SamlFailure {
        for (Making making :
                List.of(
                        Making.RSA.withTransforms(
                                Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE + " xs"),
                        Making.RSA.withMethod(SignatureMethod.RSA_SHA384),
                        Making.RSA
                                .withMethod(SignatureMethod.RSA_SHA512)
                                .withDigest(DigestMethod.SHA512))) {
            Document document = parse(response(words()));
            IDP.sign(one(document, SAML, "Assertion"), IDP.keys().getPrivate(), making);
            assertThat(read(encode(document)).name().orElseThrow().text()).isEqualTo(ATTACKER);
        }
    }

    /// The public key is known to everybody, and is no secret to sign with.
    @Test
    void aPublicKeyIsNoSecret() {
        Document document = parse(response(words()));
        IDP.sign(
                one(document, SAML, "Assertion"),
                new SecretKeySpec(IDP.keys().getPublic().getEncoded(), "HmacSHA256"),
                Making.RSA.withMethod(SignatureMethod.HMAC_SHA256));
        assertThatThrownBy(() -> read(encode(document)))
                .hasMessageContaining("method is not accepted");
    }

    /// Signatures made here always carry the key in KeyInfo.
    @Test
    void aKeyThatComesAlongIsNotBelieved() {
        Document document = parse(response(words()));
        SoftwareIdentityProvider evil = SoftwareIdentityProvider.rsa(IDP.entityId());
        evil.sign(one(document, SAML, "Assertion"));
        assertThat(text(document)).contains("KeyValue");
        assertThatThrownBy(() -> read(encode(document))).hasMessageContaining("no key of");
    }

    @Test
    void encryptedAssertionsAreRefusedWithAWordOfAdvice() {
        String xml =
                response(words())
                        .replaceAll(
                                "<saml:Assertion.*</saml:Assertion>", "<saml:EncryptedAssertion/>");
        assertThatThrownBy(() -> read(encode(xml))).hasMessageContaining("switch encryption off");
    }

    @Test
    void noneAndSeveralAssertionsAreRefused() {
        String xml = response(words());
        assertThatThrownBy(() ->
                        read(encode(xml.replaceAll("<saml:Assertion.*</saml:Assertion>", ""))))
                .hasMessageContaining("exactly one assertion");
        Document document = parse(xml);
        IDP.sign(one(document, SAML, "Assertion"));
        Element second = (Element) one(document, SAML, "Assertion").cloneNode(true);
        second.setAttribute("ID", "_" + UUID.randomUUID());
        document.getDocumentElement().appendChild(second);
        assertThatThrownBy(() -> read(encode(document)))
                .hasMessageContaining("exactly one assertion");
    }
}
