package dev.ashlar.auth;

import dev.ashlar.auth.SignInOutcome.Refused;
import dev.ashlar.auth.SignInOutcome.SignedIn;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.PasskeysConfig;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.webauthn.AuthenticatorAnswer;
import dev.ashlar.auth.webauthn.Ceremonies;
import dev.ashlar.auth.webauthn.Ceremonies.Assertion;
import dev.ashlar.auth.webauthn.Ceremonies.Expected;
import dev.ashlar.auth.webauthn.CeremonyOptions;
import dev.ashlar.auth.webauthn.ChallengeStore;
import dev.ashlar.auth.webauthn.ChallengeStore.Ceremony;
import dev.ashlar.auth.webauthn.ChallengeStore.Taken;
import dev.ashlar.auth.webauthn.Passkey;
import dev.ashlar.auth.webauthn.PasskeyStore;
import dev.ashlar.auth.webauthn.RelyingParty;
import dev.ashlar.auth.webauthn.UserHandle;
import dev.ashlar.auth.webauthn.UserVerification;
import dev.ashlar.auth.webauthn.WebAuthnCredential;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.UserBanned;
import dev.ashlar.problem.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Exchanges the signature of a passkey for a session. Who it is, the authenticator tells: nobody
/// learns by asking whether an account has one.
public final class PasskeySignIn {
    private static final String METHOD = "passkey";

    private final SqlDatabase database;
    private final AccountStore accounts;
    private final PasskeyStore passkeys;
    private final ChallengeStore challenges;
    private final Ceremonies ceremonies;
    private final Sessions sessions;
    private final AuthContext context;
    private final PasskeysConfig config;
    private final RelyingParty party;

    PasskeySignIn(
            SqlDatabase database,
            AccountStore accounts,
            PasskeyStore passkeys,
            ChallengeStore challenges,
            Ceremonies ceremonies,
            Sessions sessions,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.ceremonies = ceremonies;
        this.sessions = sessions;
        this.context = context;
        this.config = context.config().passkeys();
        this.party = RelyingParty.of(context.config());
    }

    public PasskeyChallenge begin(Visitor visitor) {
        PasskeyRegistration.requireEnabled(config);
        context.limits().passkey(visitor);
        String challenge = OneTimeSecret.next();
        return database.transaction(tx -> {
            Instant now = context.now();
            Instant end = now.plus(config.challengeLifetime());
            UUID id =
                    challenges.insert(
                            tx,
                            Ceremony.AUTHENTICATION,
                            Optional.empty(),
                            OneTimeSecret.hash(challenge),
                            now,
                            end);
            JsonObject options =
                    CeremonyOptions.request(
                            party,
                            challenge,
                            List.of(),
                            UserVerification.REQUIRED,
                            config.challengeLifetime());
            return new PasskeyChallenge(id, options, end);
        });
    }

    /// An unknown passkey is refused like a wrong signature, in the same time.
    public SignInOutcome finish(
            UUID challenge, AuthenticatorAnswer.Authentication answer, Visitor visitor) {
        PasskeyRegistration.requireEnabled(config);
        context.limits().code(visitor);
        long start = System.nanoTime();
        SignInOutcome outcome = database.transaction(tx -> attempt(tx, challenge, answer, visitor));
        if (outcome instanceof Refused) {
            EvenTime.refusedSince(start);
        }
        return outcome;
    }

    private SignInOutcome attempt(
            SqlTransaction tx,
            UUID challenge,
            AuthenticatorAnswer.Authentication answer,
            Visitor visitor) {
        Instant now = context.now();
        Optional<Taken> taken =
                challenges.take(tx, Ceremony.AUTHENTICATION, Optional.empty(), challenge);
        if (taken.isEmpty()) {
            return refused(ErrorCode.WEBAUTHN_CHALLENGE_NOT_FOUND);
        }
        if (taken.get().isOverAt(now)) {
            return refused(ErrorCode.WEBAUTHN_CHALLENGE_EXPIRED);
        }
        Expected expected = new Expected(party, taken.get().hash(), UserVerification.REQUIRED);
        return passkeys.find(tx, answer.id())
                .flatMap(known -> lockedOwner(tx, known))
                .map(owner -> judge(tx, owner, expected, answer, visitor, now))
                .orElseGet(() -> refused(ErrorCode.WEBAUTHN_VERIFICATION_FAILED));
    }

    /// The account before the passkey, in the order of those who delete an account.
    private Optional<Account> lockedOwner(SqlTransaction tx, Passkey known) {
        return accounts.findToChange(tx, known.account())
                .map(Credential::account)
                .filter(account -> !account.isDeleted());
    }

    private SignInOutcome judge(
            SqlTransaction tx,
            Account account,
            Expected expected,
            AuthenticatorAnswer.Authentication answer,
            Visitor visitor,
            Instant now) {
        Optional<Passkey> passkey =
                passkeys.lock(tx, answer.id())
                        .filter(found -> found.account().equals(account.id()));
        boolean handleFits = answer.userHandle().equals(Optional.of(UserHandle.of(account.id())));
        if (passkey.isEmpty() || !handleFits) {
            return refused(ErrorCode.WEBAUTHN_VERIFICATION_FAILED);
        }
        return switch (ceremonies.authenticate(expected, passkey.get().credential(), answer)) {
            case Assertion.Accepted(WebAuthnCredential used) ->
                    signIn(tx, account, passkey.get(), used, visitor, now);
            case Assertion.Refused _ -> refused(ErrorCode.WEBAUTHN_VERIFICATION_FAILED);
            case Assertion.Cloned _ -> {
                context.audit().record(tx, Action.PASSKEY_CLONED, account, visitor, now);
                yield refused(ErrorCode.WEBAUTHN_VERIFICATION_FAILED);
            }
        };
    }

    private SignInOutcome signIn(
            SqlTransaction tx,
            Account account,
            Passkey passkey,
            WebAuthnCredential used,
            Visitor visitor,
            Instant now) {
        passkeys.recordUse(tx, passkey.id(), used, now);
        // Told only to those who hold the passkey.
        if (account.isBannedAt(now)) {
            return new Refused(new UserBanned());
        }
        Optional<AuthProblem> unconfirmed = PasskeyRegistration.unconfirmed(account);
        if (unconfirmed.isPresent()) {
            return new Refused(unconfirmed.get());
        }
        accounts.recordSignIn(tx, account.id(), now);
        Account current = accounts.find(tx, account.id()).orElseThrow().account();
        context.audit().record(tx, Action.SIGNED_IN, current, visitor, now);
        return new SignedIn(sessions.start(tx, current, METHOD, visitor, now));
    }

    private static SignInOutcome refused(ErrorCode code) {
        return new Refused(new AuthProblem.Refused(code));
    }
}
