package dev.ashlar.auth.web3;

/// A message or signature that is not good. The text is for the caller; it holds nothing secret.
public final class NotBelieved extends Exception {
    private static final long serialVersionUID = 1L;

    public NotBelieved(String message) {
        super(message);
    }
}
