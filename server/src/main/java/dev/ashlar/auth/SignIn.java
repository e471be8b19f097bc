package dev.ashlar.auth;

import dev.ashlar.auth.FlowTokens.Kept;
import dev.ashlar.auth.SignInOutcome.Refused;
import dev.ashlar.auth.SignInOutcome.SignedIn;
import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.hook.HookQuestion;
import dev.ashlar.auth.link.FlowState;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.Flows.Exchange;
import dev.ashlar.auth.password.HashForms;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.session.RefreshTokens;
import dev.ashlar.auth.session.RefreshTokens.Rotation;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.CredentialsInvalid;
import dev.ashlar.problem.AuthProblem.EmailNotConfirmed;
import dev.ashlar.problem.AuthProblem.PhoneProviderDisabled;
import dev.ashlar.problem.AuthProblem.RefreshTokenAlreadyUsed;
import dev.ashlar.problem.AuthProblem.RefreshTokenNotFound;
import dev.ashlar.problem.AuthProblem.UserBanned;
import dev.ashlar.problem.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Exchanges a [Grant] for a session.
public final class SignIn {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final Flows flows;
    private final FlowTokens tokens;
    private final PendingLinks links;
    private final PasswordHasher hasher;
    private final HashForms forms;
    private final AuthContext context;

    SignIn(
            SqlDatabase database,
            AccountStore accounts,
            Sessions sessions,
            RefreshTokens refreshTokens,
            Flows flows,
            FlowTokens tokens,
            PendingLinks links,
            HashForms forms,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.flows = flows;
        this.tokens = tokens;
        this.links = links;
        this.hasher = forms.hasher();
        this.forms = forms;
        this.context = context;
    }

    public SignInOutcome with(Grant grant, Visitor visitor) {
        return switch (grant) {
            case Grant.Password(EmailAddress email, String password) ->
                    withPassword(
                            email.text(), tx -> accounts.findByEmail(tx, email), password, visitor);
            case Grant.PhonePassword(PhoneNumber phone, String password) ->
                    !context.config().sendsTexts()
                            ? new Refused(new PhoneProviderDisabled())
                            : withPassword(
                                    phone.digits(),
                                    tx -> accounts.findByPhone(tx, phone),
                                    password,
                                    visitor);
            case Grant.Refresh refresh -> withRefresh(refresh, visitor);
            case Grant.Pkce pkce -> withCode(pkce, visitor);
        };
    }

    /// The hash is compared between two transactions: it takes tens of milliseconds, for which no
    /// connection should be held.
    private SignInOutcome withPassword(
            String name,
            Function<SqlTransaction, Optional<Credential>> lookUp,
            String password,
            Visitor visitor) {
        context.limits().signIn(visitor, name);
        if (password.length() > PasswordRules.MAX_CHARS) {
            return new Refused(new CredentialsInvalid());
        }
        long start = System.nanoTime();
        Optional<Credential> credential = database.transaction(lookUp);
        Optional<String> hash = credential.flatMap(c -> Optional.ofNullable(c.passwordHash()));
        boolean fits = hasher.matches(password, hash.flatMap(StoredPassword::parse));
        credential.ifPresent(known -> askHook(known.account().id(), fits));
        if (!fits || credential.isEmpty() || hash.isEmpty()) {
            EvenTime.refusedSince(start, forms.slowest());
            return new Refused(new CredentialsInvalid());
        }
        Account account = credential.get().account();
        // Told only to those who know the password.
        if (account.isBannedAt(context.now())) {
            return new Refused(new UserBanned());
        }
        if (!account.isConfirmed()) {
            return new Refused(
                    account.contact().email() == null
                            ? new AuthProblem.Refused(ErrorCode.PHONE_NOT_CONFIRMED)
                            : new EmailNotConfirmed());
        }
        // The password is known at this moment alone: a hash of another system's becomes ours.
        StoredPassword known = StoredPassword.parse(hash.get()).orElseThrow();
        Optional<String> ours =
                known.isCurrent() ? Optional.empty() : Optional.of(hasher.hash(password).text());
        return database.transaction(tx -> {
            SignInOutcome outcome = begin(tx, account, hash.get(), visitor);
            if (outcome instanceof SignedIn) {
                context.limits().signedIn(tx, visitor, name, account.id(), context.now());
                ours.ifPresent(fresh -> accounts.replaceHash(tx, account.id(), hash.get(), fresh));
            }
            return outcome;
        });
    }

    private SignInOutcome begin(
            SqlTransaction tx, Account account, String passwordHash, Visitor visitor) {
        Instant now = context.now();
        if (!accounts.recordSignIn(tx, account.id(), passwordHash, now)) {
            return new Refused(new CredentialsInvalid());
        }
        Account current = accounts.find(tx, account.id()).orElseThrow().account();
        // While the password was compared.
        if (current.isBannedAt(now)) {
            return new Refused(new UserBanned());
        }
        context.audit().record(tx, Action.SIGNED_IN, current, visitor, now);
        return new SignedIn(sessions.start(tx, current, "password", visitor, now));
    }

    /// The owner's hook is told of each attempt, and may refuse good ones too.
    private void askHook(UUID account, boolean fits) {
        if (context.hooks().answers(HookEvent.PASSWORD_VERIFICATION_ATTEMPT)) {
            JsonObject payload =
                    new JsonObjectBuilder()
                            .put("user_id", account.toString())
                            .put("valid", fits)
                            .build();
            context.hooks()
                    .ask(
                            database,
                            new HookQuestion(HookEvent.PASSWORD_VERIFICATION_ATTEMPT, payload));
        }
    }

    private SignInOutcome withCode(Grant.Pkce grant, Visitor visitor) {
        context.limits().refresh(visitor);
        return database.transaction(tx -> {
            Instant now = context.now();
            return switch (flows.exchange(tx, grant.code(), grant.verifier(), now)) {
                case Exchange.Failed(AuthProblem problem) -> new Refused(problem);
                case Exchange.Exchanged(FlowState flow, UUID account) -> {
                    Optional<Kept> kept =
                            flow.sealedTokens().flatMap(s -> tokens.open(flow.id(), s));
                    Optional<AuthProblem> problem =
                            kept.flatMap(Kept::link)
                                    .flatMap(link -> added(tx, account, link, visitor, now));
                    yield problem.isPresent()
                            ? new Refused(problem.get())
                            : withTokens(kept, begin(tx, account, flow, visitor, now));
                }
            };
        });
    }

    /// Why the identity that has waited for this client cannot be added.
    private Optional<AuthProblem> added(
            SqlTransaction tx, UUID account, PendingLink link, Visitor visitor, Instant now) {
        return links.finish(tx, account, link, visitor, now) instanceof Arrival.Refused(var problem)
                ? Optional.of(problem)
                : Optional.empty();
    }

    /// What a provider gave for the client has waited beside the flow.
    private static SignInOutcome withTokens(Optional<Kept> kept, SignInOutcome outcome) {
        return outcome instanceof SignedIn(IssuedSession session)
                ? new SignedIn(session.with(kept.map(Kept::tokens)))
                : outcome;
    }

    /// For somebody who has proved by other means who they are.
    private SignInOutcome begin(
            SqlTransaction tx, UUID id, FlowState flow, Visitor visitor, Instant now) {
        Optional<Account> account =
                accounts.findToChange(tx, id)
                        .map(Credential::account)
                        .filter(found -> !found.isDeleted());
        if (account.isEmpty()) {
            return new Refused(new AuthProblem.Refused(ErrorCode.FLOW_STATE_NOT_FOUND));
        }
        if (account.get().isBannedAt(now)) {
            return new Refused(new UserBanned());
        }
        accounts.recordSignIn(tx, id, now);
        Account current = accounts.find(tx, id).orElseThrow().account();
        context.audit().record(tx, Action.SIGNED_IN, current, visitor, now);
        return new SignedIn(
                sessions.startUntil(tx, current, flow.method(), flow.sessionEnd(), visitor, now));
    }

    private SignInOutcome withRefresh(Grant.Refresh grant, Visitor visitor) {
        context.limits().refresh(visitor);
        return database.transaction(tx -> refresh(tx, grant.token(), visitor));
    }

    private SignInOutcome refresh(SqlTransaction tx, String token, Visitor visitor) {
        Instant now = context.now();
        return switch (refreshTokens.rotate(tx, token, now)) {
            case Rotation.Refused(var problem) -> new Refused(problem);
            case Rotation.Replayed(var session) -> replayed(tx, session, visitor, now);
            case Rotation.Rotated rotated -> continued(tx, rotated, visitor, now);
        };
    }

    private SignInOutcome replayed(
            SqlTransaction tx, Session session, Visitor visitor, Instant now) {
        accounts.find(tx, session.accountId())
                .ifPresent(credential ->
                        context.audit()
                                .record(
                                        tx,
                                        Action.TOKEN_REUSED,
                                        credential.account(),
                                        visitor,
                                        now));
        return new Refused(new RefreshTokenAlreadyUsed());
    }

    private SignInOutcome continued(
            SqlTransaction tx, Rotation.Rotated rotated, Visitor visitor, Instant now) {
        Optional<Account> account =
                accounts.find(tx, rotated.session().accountId()).map(Credential::account);
        if (account.isEmpty() || account.get().isDeleted()) {
            return new Refused(new RefreshTokenNotFound());
        }
        if (account.get().isBannedAt(now)) {
            return new Refused(new UserBanned());
        }
        context.audit().record(tx, Action.REFRESHED, account.get(), visitor, now);
        return new SignedIn(sessions.continued(tx, account.get(), rotated, now));
    }
}
