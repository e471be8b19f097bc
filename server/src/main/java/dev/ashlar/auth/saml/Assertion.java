package dev.ashlar.auth.saml;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an identity provider says of a person, proved to be its word and meant for us now. Until
/// `end` the same `id` must not be accepted again. `sessionEnd` is when the person has to come back
/// to it.
public record Assertion(
        String id,
        Optional<NameId> name,
        List<Attribute> attributes,
        Optional<Instant> sessionEnd,
        Instant end) {
    public Assertion {
        attributes = List.copyOf(attributes);
    }

    /// `format` is a URI that says what kind of name it is.
    public record NameId(String text, String format) {
        boolean isPassing() {
            return format.equals(SamlNames.TRANSIENT);
        }
    }

    /// `friendlyName` is empty where there is none. Values are texts with something in them.
    public record Attribute(String name, String friendlyName, List<String> values) {
        public Attribute {
            values = List.copyOf(values);
        }
    }

    /// By the name, or else by the friendly one. None when there is no such attribute.
    public List<String> values(String name) {
        List<String> values = byName(name);
        return values.isEmpty()
                ? attributes.stream()
                        .filter(one -> one.friendlyName().equals(name))
                        .flatMap(one -> one.values().stream())
                        .toList()
                : values;
    }

    private List<String> byName(String name) {
        return attributes.stream()
                .filter(one -> one.name().equals(name))
                .flatMap(one -> one.values().stream())
                .toList();
    }
}
