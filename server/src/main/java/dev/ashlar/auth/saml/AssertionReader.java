package dev.ashlar.auth.saml;

import static dev.ashlar.auth.saml.SamlNames.ASSERTION;

import dev.ashlar.auth.saml.Assertion.Attribute;
import dev.ashlar.auth.saml.Assertion.NameId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// Reads an assertion whose signature was checked, and checks what it is bound to (SAML profiles,
/// section 4.1.4; core, sections 2.3 to 2.7). What it does not understand it refuses.
final class AssertionReader {
    private static final String UNSPECIFIED =
            "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

    /// Others could narrow down what is said (core, section 2.5.1.1).
    private static final Set<String> CONDITIONS =
            Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");

    private final Element assertion;
    private final Expected expected;

    private AssertionReader(Element assertion, Expected expected) {
        this.assertion = assertion;
        this.expected = expected;
    }

    static Assertion read(Element assertion, Expected expected) throws SamlFailure {
        return new AssertionReader(assertion, expected).read();
    }

    private Assertion read() throws SamlFailure {
        require(
                SafeXml.findAttribute(assertion, "Version").equals(Optional.of("2.0")),
                "the assertion is not of version 2.0");
        String issuer = SafeXml.text(SafeXml.requireChild(assertion, ASSERTION, "Issuer"));
        require(issuer.equals(expected.issuer()), "the assertion is of another issuer");
        String id =
                SafeXml.findAttribute(assertion, "ID")
                        .orElseThrow(() -> SamlFailure.invalid("the assertion has no ID"));
        Element subject = SafeXml.requireChild(assertion, ASSERTION, "Subject");
        require(
                SafeXml.children(subject, ASSERTION, "EncryptedID").isEmpty(),
                "encrypted names are not read here");
        Instant confirmedUntil = confirmedUntil(subject);
        checkConditions(SafeXml.requireChild(assertion, ASSERTION, "Conditions"));
        Optional<Instant> sessionEnd = sessionEnd();
        return new Assertion(
                id, name(subject), attributes(), sessionEnd, confirmedUntil.plus(expected.skew()));
    }

    private static Optional<NameId> name(Element subject) throws SamlFailure {
        Optional<Element> name = SafeXml.findChild(subject, ASSERTION, "NameID");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String text = SafeXml.text(name.get());
        String format = SafeXml.findAttribute(name.get(), "Format").orElse(UNSPECIFIED);
        return text.isEmpty() ? Optional.empty() : Optional.of(new NameId(text, format));
    }

    /// One way of confirming is enough (core, section 2.4.1.1); the only one is that of bearers.
    /// The latest end counts: as long as any of them holds, the assertion could be brought again.
    private Instant confirmedUntil(Element subject) throws SamlFailure {
        SamlFailure last = SamlFailure.invalid("the subject is not confirmed for bearers");
        Optional<Instant> latest = Optional.empty();
        for (Element one : SafeXml.children(subject, ASSERTION, "SubjectConfirmation")) {
            try {
                Instant end = bearerUntil(one);
                latest = latest.filter(end::isBefore).or(() -> Optional.of(end));
            } catch (SamlFailure e) {
                last = e;
            }
        }
        if (latest.isEmpty()) {
            throw last;
        }
        return latest.get();
    }

    private Instant bearerUntil(Element confirmation) throws SamlFailure {
        require(
                SafeXml.findAttribute(confirmation, "Method").equals(Optional.of(SamlNames.BEARER)),
                "the subject is not confirmed for bearers");
        Element data = SafeXml.requireChild(confirmation, ASSERTION, "SubjectConfirmationData");
        require(
                SafeXml.findAttribute(data, "Recipient").equals(Optional.of(expected.recipient())),
                "the assertion is for another recipient");
        Optional<String> answered = SafeXml.findAttribute(data, "InResponseTo");
        expected.requireAnswered(answered, "assertion");
        require(answered.equals(expected.requestId()), "the assertion does not answer the request");
        checkStart(data);
        Instant end =
                findTime(data, "NotOnOrAfter")
                        .orElseThrow(() -> SamlFailure.invalid("the assertion never ends"));
        require(!expected.isOver(end), "the assertion has expired");
        return end;
    }

    private void checkConditions(Element conditions) throws SamlFailure {
        checkStart(conditions);
        Optional<Instant> end = findTime(conditions, "NotOnOrAfter");
        require(end.isEmpty() || !expected.isOver(end.get()), "the assertion has expired");
        boolean restricted = false;
        for (Element condition : SafeXml.children(conditions)) {
            require(
                    ASSERTION.equals(condition.getNamespaceURI())
                            && CONDITIONS.contains(condition.getLocalName()),
                    "the assertion has a condition that is not known");
            if (condition.getLocalName().equals("AudienceRestriction")) {
                restricted = true;
                checkAudience(condition);
            }
        }
        require(restricted, "the assertion names no audience");
    }

    private void checkAudience(Element restriction) throws SamlFailure {
        for (Element audience : SafeXml.children(restriction, ASSERTION, "Audience")) {
            if (SafeXml.text(audience).equals(expected.audience())) {
                return;
            }
        }
        throw SamlFailure.invalid("the assertion is for another audience");
    }

    private void checkStart(Element element) throws SamlFailure {
        Optional<Instant> start = findTime(element, "NotBefore");
        require(
                start.isEmpty() || !expected.isYetToCome(start.get()),
                "the assertion is not good yet");
    }

    /// The earliest.
    private Optional<Instant> sessionEnd() throws SamlFailure {
        List<Element> statements = SafeXml.children(assertion, ASSERTION, "AuthnStatement");
        require(!statements.isEmpty(), "the assertion does not say that anybody has signed in");
        Optional<Instant> earliest = Optional.empty();
        for (Element statement : statements) {
            Optional<Instant> end = findTime(statement, "SessionNotOnOrAfter");
            require(
                    end.isEmpty() || !expected.isOver(end.get()),
                    "the session at the identity provider is over");
            if (end.isPresent() && (earliest.isEmpty() || end.get().isBefore(earliest.get()))) {
                earliest = end;
            }
        }
        return earliest;
    }

    private List<Attribute> attributes() throws SamlFailure {
        List<Attribute> attributes = new ArrayList<>();
        for (Element statement : SafeXml.children(assertion, ASSERTION, "AttributeStatement")) {
            for (Element attribute : SafeXml.children(statement, ASSERTION, "Attribute")) {
                attributes.add(
                        new Attribute(
                                SafeXml.findAttribute(attribute, "Name").orElse(""),
                                SafeXml.findAttribute(attribute, "FriendlyName").orElse(""),
                                values(attribute)));
            }
        }
        return attributes;
    }

    /// Values that are more than text are passed over.
    private static List<String> values(Element attribute) throws SamlFailure {
        List<String> values = new ArrayList<>();
        for (Element value : SafeXml.children(attribute, ASSERTION, "AttributeValue")) {
            String text = SafeXml.children(value).isEmpty() ? SafeXml.text(value) : "";
            if (!text.isEmpty()) {
                values.add(text);
            }
        }
        return values;
    }

    /// `xs:dateTime` with a time zone; in SAML it is UTC (core, section 1.3.3).
    static Optional<Instant> findTime(Element element, String name) throws SamlFailure {
        Optional<String> text = SafeXml.findAttribute(element, name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.get()));
        } catch (DateTimeParseException _) {
            throw SamlFailure.invalid(name + " is no time");
        }
    }

    private static void require(boolean holds, String message) throws SamlFailure {
        if (!holds) {
            throw SamlFailure.invalid(message);
        }
    }
}
