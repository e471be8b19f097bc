package dev.ashlar.auth;

import dev.ashlar.auth.SecondFactorCheck.Checked;
import dev.ashlar.auth.SecondFactorCheck.Locked;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.account.Factor.Status;
import dev.ashlar.auth.account.FactorStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.factor.Challenge;
import dev.ashlar.auth.factor.ChallengeMade;
import dev.ashlar.auth.factor.ChallengeWish;
import dev.ashlar.auth.factor.Enrollment;
import dev.ashlar.auth.factor.FactorChallengeStore;
import dev.ashlar.auth.factor.FactorMethod;
import dev.ashlar.auth.factor.FactorMethods;
import dev.ashlar.auth.factor.FactorWish;
import dev.ashlar.auth.factor.Failures;
import dev.ashlar.auth.factor.Proof;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.auth.message.SendingFailed;
import dev.ashlar.auth.message.TextMessage;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The second factors of the signed-in: enrolled, asked for, given, taken away.
///
/// What differs between types of factors is behind [FactorMethod].
public final class Factors {
    private static final Log LOG = Log.of(Factors.class);
    private static final int MAX_NAME_CHARS = 255;

    private final SqlDatabase database;
    private final SecondFactorCheck check;
    private final FactorMethods methods;
    private final FactorRemoval removal;
    private final Messages messages;
    private final AuthContext context;
    private final FactorStore factors = new FactorStore();
    private final FactorChallengeStore challenges = new FactorChallengeStore();
    private final Failures failures;

    Factors(
            SqlDatabase database,
            SecondFactorCheck check,
            FactorMethods methods,
            FactorRemoval removal,
            Messages messages,
            AuthContext context) {
        this.database = database;
        this.check = check;
        this.methods = methods;
        this.removal = removal;
        this.messages = messages;
        this.context = context;
        this.failures =
                new Failures(context.limits().known(), context.config().mfa().attemptsPerHour());
    }

    /// A new factor, which counts when it is verified.
    public record Enrolled(Factor factor, Enrollment enrollment) {}

    /// `webAuthn` is what the client gives to an authenticator.
    public record Asked(
            UUID id, Factor.Type type, Instant expiresAt, Optional<JsonObject> webAuthn) {}

    public Enrolled enroll(Caller caller, FactorWish wish, Visitor visitor) {
        context.limits().code(visitor);
        return database.transaction(tx -> {
            Locked locked = check.lock(tx, caller);
            Account account = locked.account();
            Instant now = context.now();
            locked.signedIn().requireAssured();
            FactorMethod method = methods.requireToEnroll(wish.type());
            method.admit(tx, account, wish);
            if (account.factors().size() >= context.config().mfa().maxFactors()) {
                throw refused(ErrorCode.TOO_MANY_MFA_FACTORS);
            }
            requireFreeName(account, wish.name());
            Factor factor =
                    new Factor(
                            UUID.randomUUID(),
                            account.id(),
                            wish.name().orElse(null),
                            wish.type(),
                            Status.UNVERIFIED,
                            wish.phone()
                                    .filter(_ -> wish.type() == Factor.Type.PHONE)
                                    .map(phone -> phone.digits())
                                    .orElse(null),
                            now,
                            now,
                            null);
            factors.insert(tx, factor);
            Enrollment enrollment = method.enroll(tx, account, factor, wish);
            context.audit().record(tx, Action.FACTOR_ENROLLED, account, visitor, now);
            return new Enrolled(factor, enrollment);
        });
    }

    private record Made(Challenge challenge, Factor factor, ChallengeMade made) {}

    public Asked challenge(Caller caller, UUID factorId, ChallengeWish wish, Visitor visitor) {
        context.limits().code(visitor);
        Made made =
                database.transaction(tx -> {
                    Account account = check.lock(tx, caller).account();
                    Instant now = context.now();
                    Factor factor = require(account, factorId);
                    FactorMethod method = methods.require(factor.type());
                    failures.requireFew(tx, account.id(), visitor, now);
                    Challenge challenge =
                            new Challenge(
                                    UUID.randomUUID(),
                                    factor.id(),
                                    now,
                                    visitor.findIp().orElse(Challenge.NOWHERE));
                    challenges.insert(tx, challenge);
                    factors.recordChallenge(tx, factor.id(), now);
                    context.audit().record(tx, Action.CHALLENGE_MADE, account, visitor, now);
                    return new Made(
                            challenge,
                            factor,
                            method.challenge(tx, account, factor, challenge, wish, now));
                });
        made.made().text().ifPresent(this::send);
        return new Asked(
                made.challenge().id(),
                made.factor().type(),
                made.challenge().createdAt().plus(context.config().mfa().challengeLifetime()),
                made.made().webAuthn());
    }

    /// The session on its second level. Whoever holds a token of before keeps the first.
    public IssuedSession verify(
            Caller caller, UUID factorId, UUID challengeId, Proof proof, Visitor visitor) {
        context.limits().code(visitor);
        return check.raise(
                tx -> checked(tx, caller, factorId, challengeId, proof, visitor), visitor);
    }

    private Checked checked(
            SqlTransaction tx,
            Caller caller,
            UUID factorId,
            UUID challengeId,
            Proof proof,
            Visitor visitor) {
        Locked locked = check.lock(tx, caller);
        Account account = locked.account();
        Instant now = context.now();
        Factor factor = require(account, factorId);
        FactorMethod method = methods.require(factor.type());
        failures.requireFew(tx, account.id(), visitor, now);
        Challenge challenge =
                challenges
                        .findOpen(
                                tx,
                                challengeId,
                                factor.id(),
                                now.minus(context.config().mfa().challengeLifetime()))
                        .orElseThrow(() -> refused(ErrorCode.MFA_CHALLENGE_EXPIRED));
        boolean elsewhere = !challenge.isFrom(visitor) && context.config().mfa().sameAddress();
        if (elsewhere) {
            throw refused(ErrorCode.MFA_IP_ADDRESS_MISMATCH);
        }
        boolean fits =
                method.proves(tx, factor, challenge, proof, now)
                        && challenges.close(tx, challenge.id(), now);
        if (fits) {
            failures.remember(tx, account.id(), visitor, now);
            if (!factor.isVerified()) {
                context.news()
                        .tell(
                                tx,
                                AccountNotice.MFA_FACTOR_ENROLLED,
                                account,
                                factor.type().word(),
                                now);
            }
        } else {
            failures.record(tx, account.id(), visitor, now);
        }
        context.audit().record(tx, Action.VERIFICATION_ATTEMPTED, account, visitor, now);
        return new Checked(
                account,
                locked.signedIn().requireSession(),
                Optional.of(factor.id()),
                factor.type().word(),
                method.word(),
                fits);
    }

    /// Sessions that the factor raised fall back at their next refresh.
    public void unenroll(Caller caller, UUID factorId, Visitor visitor) {
        database.transaction(tx -> {
            Locked locked = check.lock(tx, caller);
            Account account = locked.account();
            Factor factor = require(account, factorId);
            if (factor.isVerified()) {
                locked.signedIn().requireSecondLevel();
            }
            removal.remove(tx, account, factor);
            context.audit().record(tx, Action.FACTOR_UNENROLLED, account, visitor, context.now());
            return factor;
        });
    }

    static Factor require(Account account, UUID id) {
        return account.findFactor(id).orElseThrow(() -> refused(ErrorCode.MFA_FACTOR_NOT_FOUND));
    }

    static void requireFreeName(Account account, Optional<String> name) {
        if (name.filter(text -> text.length() > MAX_NAME_CHARS).isPresent()) {
            throw new ProblemException(
                    new ValidationFailed("A name has at most " + MAX_NAME_CHARS + " characters"));
        }
        // As the index of names has it: spaces alone are none, other white space is.
        boolean taken =
                name.filter(text -> !text.replace(" ", "").isEmpty()).isPresent()
                        && account.factors().stream()
                                .anyMatch(other -> name.get().equals(other.name()));
        if (taken) {
            throw refused(ErrorCode.MFA_FACTOR_NAME_CONFLICT);
        }
    }

    private void send(TextMessage message) {
        try {
            messages.text(message);
        } catch (SendingFailed e) {
            LOG.warn("A text was not taken: {}", e.getMessage());
            throw new ProblemException(new Refused(ErrorCode.SMS_SEND_FAILED), e);
        }
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
