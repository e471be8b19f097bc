package dev.ashlar.app;

import org.jspecify.annotations.Nullable;

/// The program cannot start or go on, for a reason that its owner can do something about.
///
/// The message is what happened, the advice what to do; both are shown as they are.
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    public StartFailure(String message, String advice) {
        this(message, advice, null);
    }

    public StartFailure(String message, String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
