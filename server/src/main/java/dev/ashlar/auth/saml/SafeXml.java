package dev.ashlar.auth.saml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Reads XML of strangers: no document type and with it no entity of its own (XXE, billion laughs),
/// no processing instruction, nothing fetched, and bounds on size and depth.
final class SafeXml {
    /// Responses with a hundred groups have some 50 KB; metadata with logos and many languages
    /// more.
    static final int MAX_CHARS = 256 * 1024;

    private static final int MAX_DEPTH = 60;
    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_NAME_CHARS = 500;

    private SafeXml() {}

    static Element parse(byte[] utf8) throws SamlFailure {
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException _) {
            throw SamlFailure.invalid("the document is not in UTF-8");
        }
    }

    /// The root. What the document says of its encoding does not count.
    static Element parse(String text) throws SamlFailure {
        if (text.length() > MAX_CHARS) {
            throw SamlFailure.invalid("the document is too large");
        }
        try {
            Document document =
                    builder().parse(new InputSource(new StringReader(withoutMark(text))));
            Element root = document.getDocumentElement();
            requirePlain(document);
            return root;
        } catch (SAXException e) {
            throw SamlFailure.invalid(
                    String.valueOf(e.getMessage()).contains("DOCTYPE")
                            ? "the document has a document type"
                            : "the document is no XML that can be read");
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// A new one each time: they are not for several threads.
    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", Integer.toString(MAX_DEPTH));
            factory.setAttribute("jdk.xml.elementAttributeLimit", Integer.toString(MAX_ATTRIBUTES));
            factory.setAttribute("jdk.xml.maxXMLNameLimit", Integer.toString(MAX_NAME_CHARS));
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Refusing());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser of the JDK is not as it was", e);
        }
    }

    /// Comments are left to canonicalisation, which drops them.
    private static void requirePlain(Node node) throws SamlFailure {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            short type = child.getNodeType();
            if (type != Node.ELEMENT_NODE
                    && type != Node.TEXT_NODE
                    && type != Node.CDATA_SECTION_NODE
                    && type != Node.COMMENT_NODE) {
                throw SamlFailure.invalid("the document has instructions or entities");
            }
            if (type == Node.ELEMENT_NODE) {
                requirePlain(child);
            }
        }
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static List<Element> children(Element parent, String namespace, String name) {
        return children(parent).stream().filter(child -> is(child, namespace, name)).toList();
    }

    /// Throws when there are several.
    static Optional<Element> findChild(Element parent, String namespace, String name)
            throws SamlFailure {
        List<Element> found = children(parent, namespace, name);
        if (found.size() > 1) {
            throw SamlFailure.invalid("there is more than one " + name);
        }
        return found.stream().findFirst();
    }

    static Element requireChild(Element parent, String namespace, String name) throws SamlFailure {
        return findChild(parent, namespace, name)
                .orElseThrow(() -> SamlFailure.invalid("there is no " + name));
    }

    /// The whole text, comments or not; throws when there are elements in it.
    static String text(Element element) throws SamlFailure {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                throw SamlFailure.invalid(element.getLocalName() + " has more than text");
            }
            if (child.getNodeType() != Node.COMMENT_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return text.toString().strip();
    }

    static Optional<String> findAttribute(Element element, String name) {
        Attr attribute = element.getAttributeNodeNS(null, name);
        return Optional.ofNullable(attribute).map(Attr::getValue);
    }

    /// The element and all in it.
    static List<Element> all(Element root) {
        List<Element> all = new ArrayList<>();
        all.add(root);
        for (int i = 0; i < all.size(); i++) {
            all.addAll(children(all.get(i)));
        }
        return all;
    }

    /// For writing text and attributes.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    /// The parser's own would print.
    private static final class Refusing implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // Nothing that changes what is read.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
