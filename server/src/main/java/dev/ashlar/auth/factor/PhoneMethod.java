package dev.ashlar.auth.factor;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountJson;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.account.FactorStore;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.MfaConfig.Offer;
import dev.ashlar.auth.link.MessagePace;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.auth.message.TextMessage;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Codes by text, to a number that need not be the account's own. They are like those that sign
/// people in: as long, as often, with the same text; only their hash is kept.
public final class PhoneMethod implements FactorMethod {
    private final FactorStore factors = new FactorStore();
    private final FactorChallengeStore challenges = new FactorChallengeStore();
    private final SecretBox box;
    private final MessagePace pace;
    private final Messages messages;
    private final AuthConfig config;

    public PhoneMethod(SecretBox box, MessagePace pace, Messages messages, AuthConfig config) {
        this.box = box;
        this.pace = pace;
        this.messages = messages;
        this.config = config;
    }

    @Override
    public Factor.Type type() {
        return Factor.Type.PHONE;
    }

    @Override
    public String word() {
        return "mfa/phone";
    }

    @Override
    public Offer offer() {
        return messages.sendsTexts() ? config.mfa().phone() : Offer.OFF;
    }

    /// One that was not verified makes room for the next of the same number.
    @Override
    public void admit(SqlTransaction tx, Account account, FactorWish wish) {
        String digits =
                wish.phone()
                        .orElseThrow(() ->
                                new ProblemException(
                                        new ValidationFailed(
                                                "A factor of type phone needs a phone")))
                        .digits();
        for (Factor other : account.factors()) {
            if (digits.equals(other.phone())) {
                if (other.isVerified()) {
                    throw new ProblemException(new Refused(ErrorCode.MFA_VERIFIED_FACTOR_EXISTS));
                }
                factors.delete(tx, other.id());
            }
        }
    }

    @Override
    public Enrollment enroll(SqlTransaction tx, Account account, Factor factor, FactorWish wish) {
        return new Enrollment.OfPhone(Objects.requireNonNull(factor.phone()));
    }

    @Override
    public ChallengeMade challenge(
            SqlTransaction tx,
            Account account,
            Factor factor,
            Challenge challenge,
            ChallengeWish wish,
            Instant now) {
        String phone = Objects.requireNonNull(factor.phone());
        pace.take(
                tx,
                "sms",
                phone,
                config.sms().frequency(),
                ErrorCode.OVER_SMS_SEND_RATE_LIMIT,
                now);
        Optional<String> fixed = config.sms().findTestCode(phone);
        String code = fixed.orElseGet(() -> OneTimeSecret.digits(config.sms().codeLength()));
        challenges.putCode(tx, challenge.id(), hash(challenge.id(), code));
        String text = config.sms().template().replace("{{ .Code }}", code);
        return fixed.isPresent()
                ? ChallengeMade.SILENT
                : new ChallengeMade(
                        Optional.of(
                                new TextMessage(
                                        phone,
                                        wish.channel(),
                                        text,
                                        code,
                                        AccountJson.user(account))),
                        Optional.empty());
    }

    @Override
    public boolean proves(
            SqlTransaction tx, Factor factor, Challenge challenge, Proof proof, Instant now) {
        Optional<String> expected = challenges.findCode(tx, challenge.id());
        return expected.isPresent()
                && proof.code().isPresent()
                && MessageDigest.isEqual(
                        expected.get().getBytes(StandardCharsets.UTF_8),
                        hash(challenge.id(), proof.code().get()).getBytes(StandardCharsets.UTF_8));
    }

    private String hash(UUID challenge, String code) {
        return box.fingerprint(code, "auth.mfa_challenges " + challenge);
    }
}
