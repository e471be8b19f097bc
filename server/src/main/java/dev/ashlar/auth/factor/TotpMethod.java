package dev.ashlar.auth.factor;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.MfaConfig.Offer;
import dev.ashlar.auth.config.RedirectUrl;
import dev.ashlar.auth.factor.TotpStore.Stored;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Authenticator apps. The secret is sealed, and each time step is good for one code only: one that
/// somebody has overlooked or overheard is worth nothing (RFC 6238, 5.2).
public final class TotpMethod implements FactorMethod {
    private static final int MAX_ISSUER_CHARS = 100;

    /// Longer pictures are hard to scan.
    private static final int MAX_LABEL_CHARS = 200;

    private final TotpStore store = new TotpStore();
    private final SecureRandom random = new SecureRandom();
    private final SecretBox box;
    private final AuthConfig config;

    public TotpMethod(SecretBox box, AuthConfig config) {
        this.box = box;
        this.config = config;
    }

    @Override
    public Factor.Type type() {
        return Factor.Type.TOTP;
    }

    @Override
    public String word() {
        return "totp";
    }

    @Override
    public Offer offer() {
        return config.mfa().totp();
    }

    @Override
    public void admit(SqlTransaction tx, Account account, FactorWish wish) {
        if (wish.issuer().filter(text -> text.length() > MAX_ISSUER_CHARS).isPresent()) {
            throw new ProblemException(
                    new ValidationFailed(
                            "An issuer has at most " + MAX_ISSUER_CHARS + " characters"));
        }
    }

    @Override
    public Enrollment enroll(SqlTransaction tx, Account account, Factor factor, FactorWish wish) {
        String secret = Totp.newSecret(random);
        store.putSecret(tx, factor.id(), box.seal(secret, purpose(factor.id())));
        String uri = Totp.uri(wish.issuer().orElseGet(this::site), label(account), secret);
        return new Enrollment.OfApp(QrSvg.of(uri), secret, uri);
    }

    @Override
    public ChallengeMade challenge(
            SqlTransaction tx,
            Account account,
            Factor factor,
            Challenge challenge,
            ChallengeWish wish,
            Instant now) {
        return ChallengeMade.SILENT;
    }

    @Override
    public boolean proves(
            SqlTransaction tx, Factor factor, Challenge challenge, Proof proof, Instant now) {
        Optional<Stored> stored = store.find(tx, factor.id());
        Optional<String> secret =
                stored.flatMap(found -> box.findOpened(found.sealed(), purpose(factor.id())));
        if (secret.isEmpty() || proof.code().isEmpty()) {
            return false;
        }
        OptionalLong step =
                Totp.matchingStep(secret.get(), proof.code().get(), now, stored.get().lastStep());
        return step.isPresent() && store.useStep(tx, factor.id(), step.getAsLong(), now);
    }

    private String site() {
        return RedirectUrl.find(config.siteUrl()).map(RedirectUrl::host).orElse("");
    }

    private static String label(Account account) {
        String email = account.contact().email();
        String phone = account.contact().phone();
        String label = email != null ? email : phone != null ? phone : account.id().toString();
        return label.length() > MAX_LABEL_CHARS ? label.substring(0, MAX_LABEL_CHARS) : label;
    }

    private static String purpose(UUID factor) {
        return "auth.mfa_factors.secret " + factor;
    }
}
