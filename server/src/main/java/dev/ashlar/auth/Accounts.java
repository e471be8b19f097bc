package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Account.Kind;
import dev.ashlar.auth.account.AccountChange;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.account.UniqueViolation;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.CodeKind;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.SignedIn;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.EmailExists;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SamePassword;
import dev.ashlar.problem.AuthProblem.UserOfTokenGone;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What signed-in people do with their own account.
public final class Accounts {
    /// How old a session may be to change the password without more.
    private static final Duration FRESH = Duration.ofDays(1);

    private final SqlDatabase database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final BearerCheck bearers;
    private final OneTimeCodes codes;
    private final Notices notices;
    private final AuthContext context;

    Accounts(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore sessions,
            PasswordHasher hasher,
            PasswordRules rules,
            OneTimeCodes codes,
            Notices notices,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.rules = rules;
        this.bearers = new BearerCheck(accounts, sessions, context);
        this.codes = codes;
        this.notices = notices;
        this.context = context;
    }

    /// Which sessions a sign-out ends.
    public enum SignOutScope {
        GLOBAL,
        LOCAL,
        OTHERS
    }

    /// A client of somebody's is told as much as its scopes cover.
    public Account current(Caller caller) {
        return database.transaction(tx -> {
            SignedIn bearer = bearers.requireBearer(tx, caller);
            return bearer.session()
                    .flatMap(Session::delegation)
                    .map(to -> to.limited(bearer.account()))
                    .orElse(bearer.account());
        });
    }

    /// That an admin who is a person has an account and a session still, which the role in a token
    /// does not tell. Everybody else passes: what they do asks for it by itself.
    public void requireStanding(Caller caller) {
        if (BearerCheck.isAdminInPerson(caller)) {
            current(caller);
        }
    }

    /// A new password ends the account's other sessions. A new address or number waits for its
    /// confirmation; `channel` is how a code for a number travels.
    public Account change(
            Caller caller, AccountChange change, LinkWish wish, Channel channel, Visitor visitor) {
        if (change.password() != null) {
            context.limits().passwordChange(visitor);
        }
        if (change.email() != null || change.phone() != null) {
            context.limits().message(visitor);
        }
        if (change.phone() != null) {
            notices.requireTexts();
        }
        SignedIn signedIn = database.transaction(tx -> assured(tx, caller, change));
        Credential before =
                database.transaction(
                        tx -> accounts.find(tx, signedIn.account().id()).orElseThrow());
        String newHash = newHash(change, before);
        if (newHash != null) {
            requireReauthentication(signedIn, change.nonce());
        }
        try {
            Changed changed =
                    database.transaction(
                            tx -> apply(tx, caller, change, newHash, wish, channel, visitor));
            notices.flush();
            changed.text().ifPresent(notices::send);
            return changed.account();
        } catch (ProblemException e) {
            // Somebody else took the address between the look and the write.
            if (UniqueViolation.causes(e)) {
                throw new ProblemException(
                        change.email() == null
                                ? new Refused(ErrorCode.PHONE_EXISTS)
                                : new EmailExists(),
                        e);
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
                case LOCAL -> sessions.end(tx, signedIn.requireSession());
                case OTHERS -> sessions.endOthers(tx, account.id(), signedIn.requireSession());
            }
            context.audit().record(tx, Action.SIGNED_OUT, account, visitor, context.now());
            return account;
        });
    }

    /// Whoever has only the password, or the mailbox, does not take over what a second factor
    /// protects.
    private SignedIn assured(SqlTransaction tx, Caller caller, AccountChange change) {
        SignedIn signedIn = bearers.requireSignedIn(tx, caller);
        boolean harmless =
                change.password() == null && change.email() == null && change.phone() == null;
        if (!harmless) {
            requireOwn(signedIn.account());
        }
        return harmless ? signedIn : signedIn.requireAssured();
    }

    /// The ways in of others are their identity provider's, which could not close what they add.
    static void requireOwn(Account account) {
        if (account.kind() == Kind.SINGLE_SIGN_ON) {
            throw new ProblemException(new Refused(ErrorCode.USER_SSO_MANAGED));
        }
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
        boolean asked = context.config().password().updateRequiresCurrent();
        if (current == null && stored.isPresent() && asked) {
            throw new ProblemException(new Refused(ErrorCode.CURRENT_PASSWORD_REQUIRED));
        }
        if (current != null && stored.isPresent() && !hasher.matches(current, stored)) {
            throw new ProblemException(new Refused(ErrorCode.CURRENT_PASSWORD_MISMATCH));
        }
        if (stored.isPresent() && hasher.matches(password, stored)) {
            throw new ProblemException(new SamePassword());
        }
        return hasher.hash(password).text();
    }

    /// A session that began long ago may be in other hands by now. The nonce is used up in a
    /// transaction of its own, since wrong ones are to be counted.
    private void requireReauthentication(SignedIn signedIn, @Nullable String nonce) {
        if (!context.config().password().updateRequiresReauthentication()) {
            return;
        }
        UUID id = signedIn.account().id();
        boolean good =
                database.transaction(tx -> {
                    Instant now = context.now();
                    boolean fresh =
                            signedIn.sessionId()
                                    .flatMap(session -> sessions.find(tx, session))
                                    .filter(session ->
                                            now.isBefore(session.createdAt().plus(FRESH)))
                                    .isPresent();
                    if (fresh) {
                        return true;
                    }
                    if (nonce == null) {
                        throw new ProblemException(
                                new Refused(
                                        codes.waits(tx, id, CodeKind.REAUTHENTICATION, now)
                                                ? ErrorCode.REAUTHENTICATION_NONCE_MISSING
                                                : ErrorCode.REAUTHENTICATION_NEEDED));
                    }
                    accounts.findToChange(tx, id);
                    return codes.takeCode(tx, id, Set.of(CodeKind.REAUTHENTICATION), nonce, now)
                            .isPresent();
                });
        if (!good) {
            throw new ProblemException(new Refused(ErrorCode.REAUTHENTICATION_NOT_VALID));
        }
    }

    private record Changed(Account account, Optional<Notices.Text> text) {}

    private Changed apply(
            SqlTransaction tx,
            Caller caller,
            AccountChange change,
            @Nullable String newHash,
            LinkWish wish,
            Channel channel,
            Visitor visitor) {
        SignedIn signedIn = assured(tx, caller, change);
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
        if (change.phone() != null) {
            edit = withPhone(tx, edit, change.phone());
        }
        Account changed = edit.account();
        accounts.update(tx, changed, newHash);
        if (newHash != null) {
            endOtherSessions(tx, signedIn);
            context.news().tell(tx, AccountNotice.PASSWORD_CHANGED, account, "", now);
        }
        context.news().tellMoved(tx, account, changed, now);
        Action action = newHash == null ? Action.ACCOUNT_CHANGED : Action.PASSWORD_CHANGED;
        context.audit().record(tx, action, account, visitor, now);
        return asked(tx, changed, change, wish, channel, now);
    }

    /// Sends what the new address or number is to be confirmed by.
    private Changed asked(
            SqlTransaction tx,
            Account account,
            AccountChange change,
            LinkWish wish,
            Channel channel,
            Instant now) {
        EmailAddress email = change.email();
        if (email != null && email.text().equals(account.contact().newEmail())) {
            notices.requireMail();
            notices.requirePace(tx, Letter.EMAIL_CHANGE_NEW, email, now);
            EmailChange.send(tx, account, notices, wish, accounts, context);
        }
        PhoneNumber phone = change.phone();
        Optional<Notices.Text> text = Optional.empty();
        if (phone != null && phone.digits().equals(account.contact().newPhone())) {
            notices.requirePace(tx, phone, now);
            text =
                    Optional.of(
                            notices.text(tx, account, CodeKind.PHONE_CHANGE, phone, channel, now));
        }
        boolean sent = account.contact().newEmail() != null || text.isPresent();
        return new Changed(
                sent ? accounts.find(tx, account.id()).orElseThrow().account() : account, text);
    }

    private AccountEdit withEmail(SqlTransaction tx, AccountEdit edit, EmailAddress email) {
        if (email.text().equals(edit.account().contact().email())) {
            return edit;
        }
        if (accounts.findByEmail(tx, email).isPresent()) {
            throw new ProblemException(new EmailExists());
        }
        return context.config().confirmsAtOnce()
                ? edit.unprovedEmail(email)
                : edit.proposedEmail(email);
    }

    private AccountEdit withPhone(SqlTransaction tx, AccountEdit edit, PhoneNumber phone) {
        if (phone.digits().equals(edit.account().contact().phone())) {
            return edit;
        }
        if (accounts.findByPhone(tx, phone).isPresent()) {
            throw new ProblemException(new Refused(ErrorCode.PHONE_EXISTS));
        }
        return context.config().sms().autoconfirm()
                ? edit.unprovedPhone(phone)
                : edit.proposedPhone(phone);
    }

    private void endOtherSessions(SqlTransaction tx, SignedIn signedIn) {
        UUID id = signedIn.account().id();
        signedIn.sessionId()
                .ifPresentOrElse(
                        session -> sessions.endOthers(tx, id, session),
                        () -> sessions.endAll(tx, id));
    }
}
