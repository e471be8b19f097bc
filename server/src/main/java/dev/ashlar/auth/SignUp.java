package dev.ashlar.auth;

import dev.ashlar.auth.SignUpOutcome.AwaitsConfirmation;
import dev.ashlar.auth.SignUpOutcome.SignedIn;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.account.UserMetadata;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.link.CodeKind;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.AnonymousProviderDisabled;
import dev.ashlar.problem.AuthProblem.SignupDisabled;
import dev.ashlar.problem.AuthProblem.UserAlreadyExists;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes accounts for people who ask for one.
public final class SignUp {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final AddressReclaim reclaim;
    private final Notices notices;
    private final AuthContext context;

    SignUp(
            SqlDatabase database,
            AccountStore accounts,
            Sessions sessions,
            PasswordHasher hasher,
            PasswordRules rules,
            AddressReclaim reclaim,
            Notices notices,
            AuthContext context) {
        this.reclaim = reclaim;
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.rules = rules;
        this.notices = notices;
        this.context = context;
    }

    /// `data` becomes the user metadata.
    public SignUpOutcome withEmail(
            EmailAddress email, String password, JsonObject data, LinkWish wish, Visitor visitor) {
        requireOpen(visitor);
        rules.check(password);
        UserMetadata.requireSmall(data);
        if (!context.config().confirmsAtOnce()) {
            notices.requireMail();
        }
        // Hashed before anything is looked up: a taken address takes the same time as a free one.
        String hash = hasher.hash(password).text();
        Supplier<SignUpOutcome> work =
                () -> {
                    Chosen chosen = chosen(tx -> accounts.findByEmail(tx, email), password, hash);
                    return database.transaction(
                            tx -> register(tx, email, chosen, data, wish, visitor));
                };
        // Where accounts are confirmed at once a taken address is told anyway.
        SignUpOutcome outcome = context.config().confirmsAtOnce() ? work.get() : EvenTime.of(work);
        notices.flush();
        return outcome;
    }

    public SignUpOutcome withPhone(
            PhoneNumber phone, String password, JsonObject data, Channel channel, Visitor visitor) {
        requireOpen(visitor);
        notices.requireTexts();
        rules.check(password);
        UserMetadata.requireSmall(data);
        String hash = hasher.hash(password).text();
        Chosen chosen = chosen(tx -> accounts.findByPhone(tx, phone), password, hash);
        PhoneSignUp signUp =
                database.transaction(tx -> register(tx, phone, chosen, data, channel, visitor));
        signUp.text().ifPresent(notices::send);
        return signUp.outcome();
    }

    /// The password of a sign-up: its hash, and what an account that waits for its confirmation has
    /// for the same password.
    private record Chosen(String hash, Optional<String> before) {
        boolean isOf(Credential waiting) {
            return before.isPresent() && before.equals(Optional.ofNullable(waiting.passwordHash()));
        }
    }

    /// Compared before the transaction that registers: it takes tens of milliseconds.
    private Chosen chosen(
            Function<SqlTransaction, Optional<Credential>> lookUp, String password, String hash) {
        Optional<String> before =
                database.transaction(lookUp)
                        .filter(found -> !found.account().isConfirmed())
                        .flatMap(found -> Optional.ofNullable(found.passwordHash()));
        boolean same =
                before.isPresent()
                        && hasher.matches(password, before.flatMap(StoredPassword::parse));
        return new Chosen(hash, same ? before : Optional.empty());
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
                    NewAccount.anonymous(
                            HookCall.freshId(tx), context.config().audience(), data, now);
            NewUserHook.ask(tx, account, visitor, context);
            accounts.insert(tx, account, null);
            return signIn(tx, account, "anonymous", visitor, now);
        });
    }

    private SignUpOutcome register(
            SqlTransaction tx,
            EmailAddress email,
            Chosen chosen,
            JsonObject data,
            LinkWish wish,
            Visitor visitor) {
        Instant now = context.now();
        boolean confirmed = context.config().confirmsAtOnce();
        if (!confirmed) {
            notices.requirePace(tx, Letter.CONFIRMATION, email, now);
        }
        Account account =
                confirmed
                        ? NewAccount.withUnprovedEmail(
                                HookCall.freshId(tx), context.config().audience(), email, data, now)
                        : NewAccount.withEmail(
                                HookCall.freshId(tx),
                                context.config().audience(),
                                email,
                                null,
                                data,
                                now);
        NewUserHook.ask(tx, account, visitor, context);
        boolean inserted = accounts.insert(tx, account, chosen.hash());
        if (confirmed && inserted) {
            return signIn(tx, account, "password", visitor, now);
        }
        if (confirmed) {
            throw new ProblemException(new UserAlreadyExists());
        }
        Optional<Account> waiting =
                inserted
                        ? Optional.of(account)
                        : takeOver(tx, accounts.findByEmail(tx, email), chosen, data, now);
        Action action = inserted ? Action.SIGNED_UP : Action.SIGN_UP_REPEATED;
        context.audit().record(tx, action, waiting.orElse(account), visitor, now);
        if (waiting.isEmpty()) {
            return new AwaitsConfirmation(account.withConfirmationSentAt(now));
        }
        notices.mail(tx, waiting.get(), Letter.CONFIRMATION, email, wish, now);
        return awaits(tx, account, inserted, now);
    }

    /// Of an account that was there before nothing is told.
    private AwaitsConfirmation awaits(
            SqlTransaction tx, Account account, boolean inserted, Instant now) {
        return new AwaitsConfirmation(
                inserted
                        ? accounts.find(tx, account.id()).orElseThrow().account()
                        : account.withConfirmationSentAt(now));
    }

    /// Somebody began this account before, or was invited to it, and never confirmed it. Whoever
    /// confirms it now may be neither of those who asked: a password goes on only when all have
    /// chosen the same, and what else was put on the account does not. Empty when the address or
    /// number is confirmed, by its owner.
    private Optional<Account> takeOver(
            SqlTransaction tx,
            Optional<Credential> known,
            Chosen chosen,
            JsonObject data,
            Instant now) {
        Optional<Credential> waiting =
                known.flatMap(found -> accounts.findToChange(tx, found.account().id()))
                        .filter(found ->
                                !found.account().isConfirmed() && !found.account().isDeleted());
        return waiting.map(found -> {
            AccountEdit edit =
                    chosen.isOf(found)
                            ? AccountEdit.of(found.account(), now)
                            : reclaim.startOver(tx, found.account(), now);
            Account changed =
                    found.account().moments().invitedAt() == null
                            ? edit.userMetadata(data).account()
                            : edit.account();
            accounts.update(tx, changed, null);
            return changed;
        });
    }

    private record PhoneSignUp(SignUpOutcome outcome, Optional<Notices.Text> text) {}

    private PhoneSignUp register(
            SqlTransaction tx,
            PhoneNumber phone,
            Chosen chosen,
            JsonObject data,
            Channel channel,
            Visitor visitor) {
        Instant now = context.now();
        boolean confirmed = context.config().sms().autoconfirm();
        if (!confirmed) {
            notices.requirePace(tx, phone, now);
        }
        Account waits =
                NewAccount.withPhone(
                        HookCall.freshId(tx), context.config().audience(), phone, null, data, now);
        Account account =
                confirmed ? AccountEdit.of(waits, now).unprovedPhone(phone).account() : waits;
        NewUserHook.ask(tx, account, visitor, context);
        boolean inserted = accounts.insert(tx, account, chosen.hash());
        if (confirmed && inserted) {
            return new PhoneSignUp(signIn(tx, account, "password", visitor, now), Optional.empty());
        }
        if (confirmed) {
            throw new ProblemException(new UserAlreadyExists());
        }
        Optional<Account> waiting =
                inserted
                        ? Optional.of(account)
                        : takeOver(tx, accounts.findByPhone(tx, phone), chosen, data, now);
        Action action = inserted ? Action.SIGNED_UP : Action.SIGN_UP_REPEATED;
        context.audit().record(tx, action, waiting.orElse(account), visitor, now);
        if (waiting.isEmpty()) {
            return new PhoneSignUp(
                    new AwaitsConfirmation(account.withConfirmationSentAt(now)), Optional.empty());
        }
        Notices.Text text =
                notices.text(tx, waiting.get(), CodeKind.CONFIRMATION, phone, channel, now);
        return new PhoneSignUp(awaits(tx, account, inserted, now), Optional.of(text));
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
