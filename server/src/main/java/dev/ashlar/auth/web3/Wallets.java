package dev.ashlar.auth.web3;

import dev.ashlar.auth.config.RedirectUrl;
import dev.ashlar.auth.link.RedirectAllowList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Judges what a wallet has signed: that the signature is by the address in the message, that the
/// message is for a page of this application, and that it is fresh.
public final class Wallets {
    /// How far the clock of a person's machine may be ahead.
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final RedirectAllowList pages;
    private final Duration lifetime;

    public Wallets(RedirectAllowList pages, Duration lifetime) {
        this.pages = pages;
        this.lifetime = lifetime;
    }

    /// A message that can be believed. `address` has one form for each wallet; after `until` the
    /// message would not be taken any more.
    public record Signed(WalletMessage message, String address, Instant until) {
        /// What the wallet is called among identities.
        public String subject() {
            return "web3:" + message.chain().word() + ":" + address;
        }
    }

    public Signed judge(Chain chain, String text, String signature, Instant now)
            throws NotBelieved {
        WalletMessage message = MessageParser.parse(chain, text);
        requirePage(message);
        Instant until = requireFresh(message, now);
        String address =
                switch (chain) {
                    case ETHEREUM -> Ethereum.address(message.address());
                    case SOLANA -> Solana.address(message.address());
                };
        switch (chain) {
            case ETHEREUM -> Ethereum.verify(address, text, signature);
            case SOLANA -> Solana.verify(address, text, signature);
        }
        return new Signed(message, address, until);
    }

    /// A message that another site has asked for must not open an account here: wallets show the
    /// domain, and warn when it is not that of the page.
    private void requirePage(WalletMessage message) throws NotBelieved {
        Optional<RedirectUrl> page = RedirectUrl.find(message.uri()).filter(RedirectUrl::isWeb);
        if (page.isEmpty() || pages.findAllowed(message.uri()).isEmpty()) {
            throw new NotBelieved("the URI of the message is no page of this application");
        }
        boolean same =
                page.get().authority().equals(message.domain())
                        && message.scheme().filter(s -> !s.equals(page.get().scheme())).isEmpty();
        if (!same) {
            throw new NotBelieved("the domain of the message is not that of its URI");
        }
    }

    private Instant requireFresh(WalletMessage message, Instant now) throws NotBelieved {
        Instant issued = message.issuedAt();
        Instant until = issued.plus(lifetime);
        if (issued.isAfter(now.plus(SKEW))) {
            throw new NotBelieved("the message was issued in the future");
        }
        if (!now.isBefore(until)) {
            throw new NotBelieved("the message was issued too long ago");
        }
        if (message.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
            throw new NotBelieved("the message has expired");
        }
        if (message.notBefore().filter(begin -> begin.isAfter(now.plus(SKEW))).isPresent()) {
            throw new NotBelieved("the message is not good yet");
        }
        return until;
    }
}
