package dev.ashlar.auth;

import dev.ashlar.auth.AuditStore.Action;
import dev.ashlar.auth.SignUpOutcome.AwaitsConfirmation;
import dev.ashlar.auth.SignUpOutcome.SignedIn;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.AnonymousProviderDisabled;
import dev.ashlar.problem.AuthProblem.SignupDisabled;
import dev.ashlar.problem.AuthProblem.UserAlreadyExists;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;

/// Makes accounts for people who ask for one.
public final class SignUp {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final AuthContext context;

    SignUp(
            SqlDatabase database,
            AccountStore accounts,
            Sessions sessions,
            PasswordHasher hasher,
            PasswordRules rules,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.rules = rules;
        this.context = context;
    }

    /// `data` becomes the user metadata.
    public SignUpOutcome withEmail(
            EmailAddress email, String password, JsonObject data, Visitor visitor) {
        requireOpen(visitor);
        rules.check(password);
        UserMetadata.requireSmall(data);
        // Hashed before anything is looked up: a taken address takes the same time as a free one.
        String hash = hasher.hash(password).text();
        return database.transaction(tx -> register(tx, email, hash, data, visitor));
    }

    public SignUpOutcome anonymously(JsonObject data, Visitor visitor) {
        if (!context.config().anonymousSignIn()) {
            throw new ProblemException(new AnonymousProviderDisabled());
        }
        requireOpen(visitor);
        UserMetadata.requireSmall(data);
        return database.transaction(tx -> {
            Instant now = context.now();
            Account account =
                    NewAccount.anonymous(UUID.randomUUID(), context.config().audience(), data, now);
            accounts.insert(tx, account, null);
            return signIn(tx, account, "anonymous", visitor, now);
        });
    }

    private SignUpOutcome register(
            SqlTransaction tx, EmailAddress email, String hash, JsonObject data, Visitor visitor) {
        Instant now = context.now();
        boolean confirmed = context.config().autoconfirm();
        Account account =
                NewAccount.withEmail(
                        UUID.randomUUID(),
                        context.config().audience(),
                        email,
                        confirmed ? now : null,
                        data,
                        now);
        boolean inserted = accounts.insert(tx, account, hash);
        if (confirmed && inserted) {
            return signIn(tx, account, "password", visitor, now);
        }
        if (confirmed) {
            throw new ProblemException(new UserAlreadyExists());
        }
        Action action = inserted ? Action.SIGNED_UP : Action.SIGN_UP_REPEATED;
        context.audit().record(tx, action, account, visitor, now);
        return new AwaitsConfirmation(account);
    }

    private SignUpOutcome signIn(
            SqlTransaction tx, Account account, String method, Visitor visitor, Instant now) {
        context.audit().record(tx, Action.SIGNED_UP, account, visitor, now);
        accounts.recordSignIn(tx, account.id(), now);
        Account current = accounts.find(tx, account.id()).orElseThrow().account();
        return new SignedIn(sessions.start(tx, current, method, visitor, now));
    }

    private void requireOpen(Visitor visitor) {
        context.limits().signUp(visitor);
        if (context.config().disableSignup()) {
            throw new ProblemException(new SignupDisabled());
        }
    }
}
