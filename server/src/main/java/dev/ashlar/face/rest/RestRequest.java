package dev.ashlar.face.rest;

import dev.ashlar.intent.Answer.Rows;
import dev.ashlar.intent.Intent;

/// A parsed request: what was asked, and what the renderer must know of how.
///
/// `profile` is the schema to name in the answer, empty when only one is served.
record RestRequest(Intent intent, Preferences preferences, MediaType mediaType, String profile) {

    /// What a result can be rendered as.
    enum MediaType {
        JSON("application/json; charset=utf-8"),
        OBJECT("application/vnd.pgrst.object+json; charset=utf-8");

        private final String text;

        MediaType(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        Rows rows() {
            return this == OBJECT ? Rows.ONE : Rows.ANY;
        }
    }
}
