package dev.ashlar.auth.web3;

import java.util.Optional;

/// Whose wallets people sign in with.
public enum Chain {
    ETHEREUM("ethereum", "Ethereum"),
    SOLANA("solana", "Solana");

    private final String word;
    private final String title;

    Chain(String word, String title) {
        this.word = word;
        this.title = title;
    }

    public static Optional<Chain> find(String word) {
        for (Chain chain : values()) {
            if (chain.word.equals(word)) {
                return Optional.of(chain);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return word;
    }

    /// As the first line of a message has it.
    String title() {
        return title;
    }
}
