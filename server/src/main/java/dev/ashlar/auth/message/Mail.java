package dev.ashlar.auth.message;

/// One mail, in both forms that readers show. It holds links that sign people in.
public record Mail(String to, String subject, String text, String html) implements Outgoing {
    @Override
    public String toString() {
        return "Mail[to " + to + "]";
    }
}
