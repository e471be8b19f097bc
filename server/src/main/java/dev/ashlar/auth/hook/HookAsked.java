package dev.ashlar.auth.hook;

/// Ends a transaction whose work needs a webhook's answer; caught by [HookedDatabase] alone.
final class HookAsked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HookQuestion question;

    HookAsked(HookQuestion question) {
        super("a webhook is to be asked", null, false, false);
        this.question = question;
    }

    HookQuestion question() {
        return question;
    }
}
