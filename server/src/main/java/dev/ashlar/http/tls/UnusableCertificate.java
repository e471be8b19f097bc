package dev.ashlar.http.tls;

import org.jspecify.annotations.Nullable;

/// The certificate or its key cannot be used. The message is what is wrong, the advice what to do;
/// both are for the owner, and name files but nothing of what a key holds.
public final class UnusableCertificate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    UnusableCertificate(String message, String advice) {
        this(message, advice, null);
    }

    UnusableCertificate(String message, String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
