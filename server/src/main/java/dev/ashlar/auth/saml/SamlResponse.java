package dev.ashlar.auth.saml;

import static dev.ashlar.auth.saml.SamlNames.ASSERTION;
import static dev.ashlar.auth.saml.SamlNames.PROTOCOL;
import static dev.ashlar.auth.saml.SamlNames.SIGNATURE;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// What a browser has brought from an identity provider (HTTP POST binding; SAML bindings, section
/// 3.5). Nothing in it is known to be true until [#verified].
///
/// It has one assertion, where assertions stand, and signatures nowhere but over it and over the
/// whole: every other shape is refused before any signature is looked at.
public final class SamlResponse {
    private final Element response;
    private final Element assertion;

    private SamlResponse(Element response, Element assertion) {
        this.response = response;
        this.assertion = assertion;
    }

    /// `encoded` is the form's field.
    public static SamlResponse parse(String encoded) throws SamlFailure {
        Element response = SafeXml.parse(decoded(encoded));
        if (!SafeXml.is(response, PROTOCOL, "Response")) {
            throw SamlFailure.invalid("the document is no Response");
        }
        requireSuccess(response);
        List<Element> all = SafeXml.all(response);
        if (all.stream().anyMatch(one -> isNamed(one, "EncryptedAssertion"))) {
            throw SamlFailure.invalid(
                    "encrypted assertions are not read here: switch encryption off at the identity"
                            + " provider");
        }
        List<Element> assertions = all.stream().filter(one -> isNamed(one, "Assertion")).toList();
        if (assertions.size() != 1 || !isChild(assertions.getFirst(), response)) {
            throw SamlFailure.invalid("the response has not exactly one assertion");
        }
        Element assertion = assertions.getFirst();
        requireOwnSignatures(all, response, assertion);
        requireDistinctIds(all);
        return new SamlResponse(response, assertion);
    }

    /// By whom it says to be; good for looking up who that is, and nothing else.
    public Optional<String> claimedIssuer() throws SamlFailure {
        Optional<Element> issuer = SafeXml.findChild(assertion, ASSERTION, "Issuer");
        return issuer.isPresent() ? Optional.of(SafeXml.text(issuer.get())) : Optional.empty();
    }

    /// The assertion, once its signature, or that of the whole, and everything that it is bound to
    /// have proved good.
    public Assertion verified(Expected expected) throws SamlFailure {
        Optional<Element> outer = SignatureCheck.find(response);
        Optional<Element> inner = SignatureCheck.find(assertion);
        if (outer.isEmpty() && inner.isEmpty()) {
            throw SamlFailure.invalid("neither the response nor the assertion is signed");
        }
        if (outer.isPresent()) {
            Element signed = SignatureCheck.verified(response, outer.get(), expected.keys());
            requireSuccess(signed);
            if (SafeXml.findAttribute(signed, "Destination").isEmpty()) {
                // Bindings, section 3.5.5.2.
                throw SamlFailure.invalid("the signed response names no destination");
            }
            requireExpected(signed, expected);
            if (inner.isEmpty()) {
                return AssertionReader.read(
                        SafeXml.requireChild(signed, ASSERTION, "Assertion"), expected);
            }
        }
        requireExpected(response, expected);
        return AssertionReader.read(
                SignatureCheck.verified(assertion, inner.orElseThrow(), expected.keys()), expected);
    }

    /// Where these attributes are not signed they can only take something away.
    private static void requireExpected(Element response, Expected expected) throws SamlFailure {
        if (!SafeXml.findAttribute(response, "Version").equals(Optional.of("2.0"))) {
            throw SamlFailure.invalid("the response is not of version 2.0");
        }
        Optional<String> destination = SafeXml.findAttribute(response, "Destination");
        if (destination.isPresent() && !destination.get().equals(expected.recipient())) {
            throw SamlFailure.invalid("the response is for another destination");
        }
        expected.requireAnswered(SafeXml.findAttribute(response, "InResponseTo"), "response");
        Optional<Element> issuer = SafeXml.findChild(response, ASSERTION, "Issuer");
        if (issuer.isPresent() && !SafeXml.text(issuer.get()).equals(expected.issuer())) {
            throw SamlFailure.invalid("the response is of another issuer");
        }
    }

    private static void requireSuccess(Element response) throws SamlFailure {
        Element status = SafeXml.requireChild(response, PROTOCOL, "Status");
        Element code = SafeXml.requireChild(status, PROTOCOL, "StatusCode");
        if (!SafeXml.findAttribute(code, "Value").equals(Optional.of(SamlNames.SUCCESS))) {
            throw SamlFailure.invalid("the identity provider did not sign the person in");
        }
    }

    private static void requireOwnSignatures(List<Element> all, Element response, Element assertion)
            throws SamlFailure {
        for (Element element : all) {
            boolean elsewhere =
                    SafeXml.is(element, SIGNATURE, "Signature")
                            && !isChild(element, response)
                            && !isChild(element, assertion);
            if (elsewhere) {
                throw SamlFailure.invalid("there is a signature where none belongs");
            }
        }
        // Throws where there are two.
        SignatureCheck.find(response);
        SignatureCheck.find(assertion);
    }

    private static void requireDistinctIds(List<Element> all) throws SamlFailure {
        Set<String> ids = new HashSet<>();
        for (Element element : all) {
            Optional<String> id = SafeXml.findAttribute(element, "ID");
            if (id.isPresent() && !ids.add(id.get())) {
                throw SamlFailure.invalid("two elements have the same ID");
            }
        }
    }

    private static boolean isChild(Element child, Element parent) {
        return parent.isSameNode(child.getParentNode());
    }

    private static boolean isNamed(Element element, String name) {
        return SafeXml.is(element, ASSERTION, name);
    }

    /// RFC 2045 breaks lines, and some identity providers do.
    private static byte[] decoded(String encoded) throws SamlFailure {
        if (encoded.length() > SafeXml.MAX_CHARS * 2) {
            throw SamlFailure.invalid("the document is too large");
        }
        try {
            return Base64.getDecoder().decode(encoded.replaceAll("[\r\n\t ]", ""));
        } catch (IllegalArgumentException _) {
            throw SamlFailure.invalid("the response is no base64");
        }
    }
}
