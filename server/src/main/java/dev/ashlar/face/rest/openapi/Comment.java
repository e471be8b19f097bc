package dev.ashlar.face.rest.openapi;

import org.jspecify.annotations.Nullable;

/// A comment of the database: its first line, and what follows, if anything does.
record Comment(String summary, @Nullable String description) {
    static Comment of(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return new Comment(text, null);
        }
        String rest = text.substring(end + 1).strip();
        return new Comment(text.substring(0, end).strip(), rest.isEmpty() ? null : rest);
    }
}
