package dev.ashlar.json;

/// The text is not JSON, or passes a limit of [Json]. The message is safe to show to whoever sent
/// the text.
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
