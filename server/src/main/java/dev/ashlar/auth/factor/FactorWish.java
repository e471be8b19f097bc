package dev.ashlar.auth.factor;

import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.account.PhoneNumber;
import java.util.Optional;

/// What somebody wants enrolled. `issuer` is what an authenticator app shows beside the account.
public record FactorWish(
        Factor.Type type,
        Optional<String> name,
        Optional<String> issuer,
        Optional<PhoneNumber> phone) {}
