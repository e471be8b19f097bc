package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.config.PasskeysConfig;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.webauthn.AuthenticatorAnswer;
import dev.ashlar.auth.webauthn.Ceremonies;
import dev.ashlar.auth.webauthn.Ceremonies.Expected;
import dev.ashlar.auth.webauthn.CeremonyOptions;
import dev.ashlar.auth.webauthn.CeremonyOptions.Person;
import dev.ashlar.auth.webauthn.CeremonyOptions.ResidentKey;
import dev.ashlar.auth.webauthn.CeremonyOptions.Wish;
import dev.ashlar.auth.webauthn.ChallengeStore;
import dev.ashlar.auth.webauthn.ChallengeStore.Ceremony;
import dev.ashlar.auth.webauthn.ChallengeStore.Taken;
import dev.ashlar.auth.webauthn.Passkey;
import dev.ashlar.auth.webauthn.PasskeyStore;
import dev.ashlar.auth.webauthn.RelyingParty;
import dev.ashlar.auth.webauthn.UserVerification;
import dev.ashlar.auth.webauthn.WebAuthnCredential;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.EmailNotConfirmed;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Gives an account a further passkey. A challenge is used up by the first answer to it, also by a
/// wrong one.
public final class PasskeyRegistration {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final PasskeyStore passkeys;
    private final ChallengeStore challenges;
    private final Ceremonies ceremonies;
    private final BearerCheck bearers;
    private final AuthContext context;
    private final PasskeysConfig config;
    private final RelyingParty party;

    PasskeyRegistration(
            SqlDatabase database,
            AccountStore accounts,
            PasskeyStore passkeys,
            ChallengeStore challenges,
            Ceremonies ceremonies,
            BearerCheck bearers,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.ceremonies = ceremonies;
        this.bearers = bearers;
        this.context = context;
        this.config = context.config().passkeys();
        this.party = RelyingParty.of(context.config());
    }

    /// How a registration ended; a refusal is no exception since the challenge is gone with it.
    public sealed interface Outcome {
        record Registered(Passkey passkey) implements Outcome {}

        record Refused(AuthProblem problem) implements Outcome {}
    }

    public PasskeyChallenge begin(Caller caller, Visitor visitor) {
        requireEnabled(config);
        context.limits().passkey(visitor);
        return database.transaction(tx -> {
            Account account = requireEntitled(tx, caller);
            Instant now = context.now();
            List<Passkey> existing = passkeys.ofAccount(tx, account.id());
            requireRoom(existing);
            String challenge = OneTimeSecret.next();
            Instant end = now.plus(config.challengeLifetime());
            UUID id =
                    challenges.insert(
                            tx,
                            Ceremony.REGISTRATION,
                            Optional.of(account.id()),
                            OneTimeSecret.hash(challenge),
                            now,
                            end);
            JsonObject options =
                    CeremonyOptions.creation(
                            party,
                            Person.of(account),
                            challenge,
                            existing.stream().map(Passkey::credential).toList(),
                            new Wish(ResidentKey.REQUIRED, UserVerification.REQUIRED),
                            config.challengeLifetime());
            return new PasskeyChallenge(id, options, end);
        });
    }

    public Outcome finish(
            Caller caller,
            UUID challenge,
            AuthenticatorAnswer.Registration answer,
            Visitor visitor) {
        requireEnabled(config);
        context.limits().code(visitor);
        return database.transaction(tx -> {
            // Two that register at once would both find room.
            accounts.findToChange(tx, bearers.requireSignedIn(tx, caller).account().id());
            Account account = requireEntitled(tx, caller);
            requireRoom(passkeys.ofAccount(tx, account.id()));
            return finish(tx, account, challenge, answer, visitor);
        });
    }

    private Outcome finish(
            SqlTransaction tx,
            Account account,
            UUID challenge,
            AuthenticatorAnswer.Registration answer,
            Visitor visitor) {
        Instant now = context.now();
        Optional<Taken> taken =
                challenges.take(tx, Ceremony.REGISTRATION, Optional.of(account.id()), challenge);
        if (taken.isEmpty()) {
            return refused(ErrorCode.WEBAUTHN_CHALLENGE_NOT_FOUND);
        }
        if (taken.get().isOverAt(now)) {
            return refused(ErrorCode.WEBAUTHN_CHALLENGE_EXPIRED);
        }
        Expected expected = new Expected(party, taken.get().hash(), UserVerification.REQUIRED);
        Optional<WebAuthnCredential> credential = ceremonies.register(expected, answer);
        if (credential.isEmpty()) {
            return refused(ErrorCode.WEBAUTHN_VERIFICATION_FAILED);
        }
        Passkey passkey =
                new Passkey(
                        UUID.randomUUID(),
                        account.id(),
                        credential.get(),
                        Optional.empty(),
                        now,
                        Optional.empty());
        if (!passkeys.insert(tx, passkey)) {
            return refused(ErrorCode.WEBAUTHN_CREDENTIAL_EXISTS);
        }
        context.news().tell(tx, AccountNotice.PASSKEY_ADDED, account, "", now);
        context.audit().record(tx, Action.PASSKEY_ADDED, account, visitor, now);
        return new Outcome.Registered(passkey);
    }

    /// Whoever could not come back by another way gets none: an account that nobody has confirmed
    /// may have been made by somebody else than the owner of its address.
    private Account requireEntitled(SqlTransaction tx, Caller caller) {
        Account account = bearers.requireSignedIn(tx, caller).requireAssured().account();
        if (account.kind() == Account.Kind.ANONYMOUS) {
            throw new ProblemException(
                    new ValidationFailed("Anonymous users cannot register passkeys"));
        }
        Accounts.requireOwn(account);
        unconfirmed(account)
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        return account;
    }

    static Optional<AuthProblem> unconfirmed(Account account) {
        if (account.isConfirmed()) {
            return Optional.empty();
        }
        return Optional.of(
                account.contact().email() == null
                        ? new AuthProblem.Refused(ErrorCode.PHONE_NOT_CONFIRMED)
                        : new EmailNotConfirmed());
    }

    static void requireEnabled(PasskeysConfig config) {
        if (!config.enabled()) {
            throw new ProblemException(new AuthProblem.Refused(ErrorCode.PASSKEYS_DISABLED));
        }
    }

    private void requireRoom(List<Passkey> existing) {
        if (existing.size() >= config.maxPerAccount()) {
            throw new ProblemException(new AuthProblem.Refused(ErrorCode.TOO_MANY_PASSKEYS));
        }
    }

    private static Outcome refused(ErrorCode code) {
        return new Outcome.Refused(new AuthProblem.Refused(code));
    }
}
