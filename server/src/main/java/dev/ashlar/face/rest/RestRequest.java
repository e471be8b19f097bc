package dev.ashlar.face.rest;

import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Transaction;
import java.util.Map;

/// A parsed request: what was asked, and what the renderer must know of how.
///
/// `profile` is the schema to name in the answer, empty when only one is served. `legacyNames` are
/// relations that were named though their embeds go by an alias, with the alias.
record RestRequest(
        Intent intent,
        Preferences preferences,
        MediaType mediaType,
        String profile,
        Transaction transaction,
        Map<String, String> legacyNames) {

    /// What a result is rendered as: the answer's `Content-Type`, and how the body is written.
    record MediaType(String text, Format format) {
        static final MediaType JSON =
                new MediaType("application/json; charset=utf-8", Format.json());
    }
}
