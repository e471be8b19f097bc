package dev.ashlar.auth.web3;

import java.time.Instant;
import java.util.Optional;

/// What a wallet has signed, taken apart. `domain` is host and port of the page, `scheme` is there
/// if the message names it; `statement` is what the person has read.
public record WalletMessage(
        Chain chain,
        Optional<String> scheme,
        String domain,
        String address,
        Optional<String> statement,
        String uri,
        Optional<String> chainId,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> notBefore) {}
