package dev.ashlar.auth.factor;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.config.MfaConfig.Offer;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;

/// How one type of factor is enrolled, challenged and proved. Everything happens in a transaction
/// of the caller's, which holds the lock of the account and has asked for levels, limits, names and
/// lifetimes already: what is common to all types is not repeated here.
public interface FactorMethod {
    Factor.Type type();

    /// As `amr` of a session has it (RFC 8176), such as `totp` or `mfa/phone`.
    String word();

    /// Whether people may enroll one, only use those that they have, or neither.
    Offer offer();

    /// Throws when the new factor does not fit beside those that the account has.
    void admit(SqlTransaction tx, Account account, FactorWish wish);

    /// Adds to the new row what proves the factor, and gives what its owner has to see of it.
    Enrollment enroll(SqlTransaction tx, Account account, Factor factor, FactorWish wish);

    /// Adds to the new challenge what its answer is compared with.
    ChallengeMade challenge(
            SqlTransaction tx,
            Account account,
            Factor factor,
            Challenge challenge,
            ChallengeWish wish,
            Instant now);

    /// Whether the answer is right. What may be used once is used up by it.
    boolean proves(SqlTransaction tx, Factor factor, Challenge challenge, Proof proof, Instant now);
}
