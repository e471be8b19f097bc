package dev.ashlar.policy.expression;

/// Where a part of a condition stands in its text.
///
/// @param end behind the last character
public record Span(String source, int start, int end) {
    public Span {
        if (start < 0 || end < start || end > source.length()) {
            throw new IllegalArgumentException(start + ".." + end);
        }
    }

    public String text() {
        return source.substring(start, end);
    }

    Span to(Span last) {
        return new Span(source, start, Math.max(end, last.end));
    }

    @Override
    public String toString() {
        return text();
    }
}
