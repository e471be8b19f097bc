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
import java.util.UUID;
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
                () -> database.transaction(tx -> register(tx, email, hash, data, wish, visitor));
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
        PhoneSignUp signUp =
                database.transaction(tx -> register(tx, phone, hash, data, channel, visitor));
        signUp.text().ifPresent(notices::send);
        return signUp.outcome();
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
            String hash,
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
        boolean inserted = accounts.insert(tx, account, hash);
        if (confirmed && inserted) {
            return signIn(tx, account, "password", visitor, now);
        }
        if (confirmed) {
            throw new ProblemException(new UserAlreadyExists());
        }
        Optional<Account> waiting =
                inserted ? Optional.of(account) : takeOver(tx, email, hash, data, now);
        Action action = inserted ? Action.SIGNED_UP : Action.SIGN_UP_REPEATED;
        context.audit().record(tx, action, waiting.orElse(account), visitor, now);
        if (waiting.isEmpty()) {
            return new AwaitsConfirmation(account.withConfirmationSentAt(now));
        }
        UUID id = waiting.get().id();
        notices.mail(tx, waiting.get(), Letter.CONFIRMATION, email, wish, now);
        return new AwaitsConfirmation(accounts.find(tx, id).orElseThrow().account());
    }

    /// Somebody signed up with the address before and never confirmed it: whoever confirms it now
    /// wants the password of this sign-up, and nothing else of before. Empty when the address is confirmed, by its owner.
    private Optional<Account> takeOver(
            SqlTransaction tx, EmailAddress email, String hash, JsonObject data, Instant now) {
        Optional<Account> known =
                accounts.findByEmail(tx, email)
                        .flatMap(found -> accounts.findToChange(tx, found.account().id()))
                        .map(Credential::account)
                        .filter(found -> !found.isConfirmed() && !found.isDeleted());
        return known.map(found -> {
            Account changed = reclaim.startOver(tx, found, now).userMetadata(data).account();
            accounts.update(tx, changed, hash);
            return changed;
        });
    }

    private record PhoneSignUp(SignUpOutcome outcome, Optional<Notices.Text> text) {}

    private PhoneSignUp register(
            SqlTransaction tx,
            PhoneNumber phone,
            String hash,
            JsonObject data,
            Channel channel,
            Visitor visitor) {
        Instant now = context.now();
        boolean confirmed = context.config().sms().autoconfirm();
        if (!confirmed) {
            notices.requirePace(tx, phone, now);
        }
        Account account =
                NewAccount.withPhone(
                        HookCall.freshId(tx),
                        context.config().audience(),
                        phone,
                        confirmed ? now : null,
                        data,
                        now);
        NewUserHook.ask(tx, account, visitor, context);
        boolean inserted = accounts.insert(tx, account, hash);
        if (confirmed && inserted) {
            return new PhoneSignUp(signIn(tx, account, "password", visitor, now), Optional.empty());
        }
        if (confirmed) {
            throw new ProblemException(new UserAlreadyExists());
        }
        Optional<Account> waiting =
                inserted
                        ? Optional.of(account)
                        : accounts.findByPhone(tx, phone)
                                .flatMap(found -> accounts.findToChange(tx, found.account().id()))
                                .map(Credential::account)
                                .filter(found -> !found.isConfirmed() && !found.isDeleted());
        Action action = inserted ? Action.SIGNED_UP : Action.SIGN_UP_REPEATED;
        context.audit().record(tx, action, waiting.orElse(account), visitor, now);
        if (waiting.isEmpty()) {
            return new PhoneSignUp(
                    new AwaitsConfirmation(account.withConfirmationSentAt(now)), Optional.empty());
        }
        accounts.update(tx, AccountEdit.of(waiting.get(), now).userMetadata(data).account(), hash);
        Notices.Text text =
                notices.text(tx, waiting.get(), CodeKind.CONFIRMATION, phone, channel, now);
        UUID id = waiting.get().id();
        return new PhoneSignUp(
                new AwaitsConfirmation(accounts.find(tx, id).orElseThrow().account()),
                Optional.of(text));
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
