package dev.ashlar.auth;

import dev.ashlar.auth.AccountStore.Credential;
import dev.ashlar.auth.AuditStore.Action;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.CredentialsInvalid;
import dev.ashlar.problem.AuthProblem.EmailExists;
import dev.ashlar.problem.AuthProblem.SamePassword;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.AuthProblem.UserOfTokenGone;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What signed-in people do with their own account.
public final class Accounts {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final BearerCheck bearers;
    private final AuthContext context;

    Accounts(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore sessions,
            PasswordHasher hasher,
            PasswordRules rules,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.rules = rules;
        this.bearers = new BearerCheck(accounts, sessions, context);
        this.context = context;
    }

    /// Which sessions a sign-out ends.
    public enum SignOutScope {
        GLOBAL,
        LOCAL,
        OTHERS
    }

    public Account current(Caller caller) {
        return database.transaction(tx -> bearers.requireSignedIn(tx, caller).account());
    }

    /// A new password ends the account's other sessions.
    public Account change(Caller caller, AccountChange change, Visitor visitor) {
        if (change.password() != null) {
            context.limits().passwordChange(visitor);
        }
        Credential before =
                database.transaction(tx -> {
                    UUID id = bearers.requireSignedIn(tx, caller).account().id();
                    return accounts.find(tx, id).orElseThrow();
                });
        String newHash = newHash(change, before);
        try {
            return database.transaction(tx -> apply(tx, caller, change, newHash, visitor));
        } catch (ProblemException e) {
            // Somebody else took the address between the look and the write.
            if (UniqueViolation.causes(e)) {
                throw new ProblemException(new EmailExists(), e);
            }
            throw e;
        }
    }

    public void signOut(Caller caller, SignOutScope scope, Visitor visitor) {
        database.transaction(tx -> {
            SignedIn signedIn = bearers.requireSignedIn(tx, caller);
            Account account = signedIn.account();
            switch (scope) {
                case GLOBAL -> sessions.endAll(tx, account.id());
                case LOCAL -> sessions.end(tx, requireSession(signedIn));
                case OTHERS -> sessions.endOthers(tx, account.id(), requireSession(signedIn));
            }
            context.audit().record(tx, Action.SIGNED_OUT, account, visitor, context.now());
            return account;
        });
    }

    private @Nullable String newHash(AccountChange change, Credential before) {
        String password = change.password();
        if (password == null) {
            return null;
        }
        rules.check(password);
        Optional<StoredPassword> stored =
                Optional.ofNullable(before.passwordHash()).flatMap(StoredPassword::parse);
        String current = change.currentPassword();
        if (current != null && stored.isPresent() && !hasher.matches(current, stored)) {
            throw new ProblemException(new CredentialsInvalid());
        }
        if (stored.isPresent() && hasher.matches(password, stored)) {
            throw new ProblemException(new SamePassword());
        }
        return hasher.hash(password).text();
    }

    private Account apply(
            SqlTransaction tx,
            Caller caller,
            AccountChange change,
            @Nullable String newHash,
            Visitor visitor) {
        SignedIn signedIn = bearers.requireSignedIn(tx, caller);
        Account account =
                accounts.findToChange(tx, signedIn.account().id())
                        .map(Credential::account)
                        .orElseThrow(() -> new ProblemException(new UserOfTokenGone()));
        Instant now = context.now();
        AccountEdit edit = AccountEdit.of(account, now);
        if (change.data() != null) {
            edit = edit.userMetadata(change.data());
        }
        if (change.email() != null) {
            edit = withEmail(tx, edit, change.email());
        }
        accounts.update(tx, edit.account(), newHash);
        if (newHash != null) {
            endOtherSessions(tx, signedIn);
        }
        Action action = newHash == null ? Action.ACCOUNT_CHANGED : Action.PASSWORD_CHANGED;
        context.audit().record(tx, action, account, visitor, now);
        return edit.account();
    }

    private AccountEdit withEmail(SqlTransaction tx, AccountEdit edit, EmailAddress email) {
        if (email.text().equals(edit.account().contact().email())) {
            return edit;
        }
        if (accounts.findByEmail(tx, email).isPresent()) {
            throw new ProblemException(new EmailExists());
        }
        return context.config().autoconfirm() ? edit.email(email) : edit.proposedEmail(email);
    }

    private void endOtherSessions(SqlTransaction tx, SignedIn signedIn) {
        UUID id = signedIn.account().id();
        signedIn.sessionId()
                .ifPresentOrElse(
                        session -> sessions.endOthers(tx, id, session),
                        () -> sessions.endAll(tx, id));
    }

    private static UUID requireSession(SignedIn signedIn) {
        return signedIn.sessionId().orElseThrow(() -> new ProblemException(new SessionNotFound()));
    }
}
