package dev.ashlar.policy.explanation;

/// A question that cannot be answered as it was asked. The message says why, and may be shown to
/// whoever asked.
public final class PolicyQuestionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyQuestionException(String message) {
        super(message);
    }

    public PolicyQuestionException(String message, Throwable cause) {
        super(message, cause);
    }
}
