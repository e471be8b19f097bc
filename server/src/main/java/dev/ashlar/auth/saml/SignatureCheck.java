package dev.ashlar.auth.saml;

import static dev.ashlar.auth.saml.SamlNames.SIGNATURE;

import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/// Checks enveloped signatures (XML Signature 1.1, as profiled in SAML core, section 5.4) and gives
/// what was signed: the octets whose digest was compared, parsed anew. Whoever reads nothing else
/// cannot be shown one element while another one was checked (signature wrapping).
///
/// Keys are given, never taken from the document. What a signature may be made of is a short list:
/// it has no SHA-1, no HMAC, no XPath and no XSLT.
final class SignatureCheck {
    /// Method to the kind of key it is for. Beside the URIs of XML Signature 1.1, section 6.4.
    private static final Map<String, String> METHODS =
            Map.of(
                    SignatureMethod.RSA_SHA256, "RSA",
                    SignatureMethod.RSA_SHA384, "RSA",
                    SignatureMethod.RSA_SHA512, "RSA",
                    SignatureMethod.ECDSA_SHA256, "EC",
                    SignatureMethod.ECDSA_SHA384, "EC",
                    SignatureMethod.ECDSA_SHA512, "EC");

    private static final Set<String> DIGESTS =
            Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);

    /// In this order; what is signed ends as octets of exclusive canonicalisation, without
    /// comments.
    private static final List<String> TRANSFORMS =
            List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE);

    private SignatureCheck() {}

    static Optional<Element> find(Element signed) throws SamlFailure {
        return SafeXml.findChild(signed, SIGNATURE, "Signature");
    }

    /// The element that `signature`, a child of `signed`, was made over, without it.
    static Element verified(Element signed, Element signature, List<PublicKey> keys)
            throws SamlFailure {
        String id =
                SafeXml.findAttribute(signed, "ID")
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(() -> SamlFailure.invalid("what is signed has no ID"));
        for (PublicKey key : keys) {
            Optional<byte[]> octets = octets(signed, id, signature, key);
            if (octets.isPresent()) {
                return parsed(octets.get(), signed, id);
            }
        }
        throw SamlFailure.refreshable("the signature was made by no key of the identity provider");
    }

    /// Empty when the key is not the one.
    private static Optional<byte[]> octets(
            Element signed, String id, Element element, PublicKey key) throws SamlFailure {
        DOMValidateContext context =
                new DOMValidateContext(KeySelector.singletonKeySelector(key), element);
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
        context.setIdAttributeNS(signed, null, "ID");
        try {
            XMLSignature signature =
                    XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            Reference reference = requirePlain(signature, id);
            String kind =
                    METHODS.get(signature.getSignedInfo().getSignatureMethod().getAlgorithm());
            if (!key.getAlgorithm().equals(kind) || !signature.validate(context)) {
                return Optional.empty();
            }
            try (InputStream octets = reference.getDigestInputStream()) {
                return Optional.of(octets.readAllBytes());
            }
        } catch (MarshalException e) {
            throw SamlFailure.invalid("the signature is not of a form that is accepted");
        } catch (XMLSignatureException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("octets in memory cannot be read", e);
        }
    }

    /// Asks the very objects that the signature is validated with, so that nothing is read in two
    /// ways.
    private static Reference requirePlain(XMLSignature signature, String id) throws SamlFailure {
        List<Reference> references = signature.getSignedInfo().getReferences();
        require(references.size() == 1, "it has not one reference");
        require(signature.getObjects().isEmpty(), "it holds objects");
        require(
                METHODS.containsKey(signature.getSignedInfo().getSignatureMethod().getAlgorithm()),
                "its method is not accepted");
        require(
                CanonicalizationMethod.EXCLUSIVE.equals(
                        signature.getSignedInfo().getCanonicalizationMethod().getAlgorithm()),
                "its canonicalisation is not accepted");
        Reference reference = references.getFirst();
        require(("#" + id).equals(reference.getURI()), "it refers to something else");
        require(
                DIGESTS.contains(reference.getDigestMethod().getAlgorithm()),
                "its digest is not accepted");
        require(
                reference.getTransforms().stream()
                        .map(Transform::getAlgorithm)
                        .toList()
                        .equals(TRANSFORMS),
                "its transforms are not accepted");
        return reference;
    }

    private static Element parsed(byte[] octets, Element signed, String id) throws SamlFailure {
        Element root = SafeXml.parse(octets);
        require(
                SafeXml.is(root, String.valueOf(signed.getNamespaceURI()), signed.getLocalName())
                        && SafeXml.findAttribute(root, "ID").equals(Optional.of(id)),
                "it was made over something else");
        return root;
    }

    private static void require(boolean holds, String message) throws SamlFailure {
        if (!holds) {
            throw SamlFailure.invalid("the signature cannot be accepted: " + message);
        }
    }
}
