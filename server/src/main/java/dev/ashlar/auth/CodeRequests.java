package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
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
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SentTooOften;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What people ask to be sent: codes and links to sign in by, to get a password back, to go on.
///
/// Nothing tells whether there is an account: neither the answer nor its time nor how often one may
/// ask.
public final class CodeRequests {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final Notices notices;
    private final BearerCheck bearers;
    private final AuthContext context;

    CodeRequests(
            SqlDatabase database,
            AccountStore accounts,
            Notices notices,
            BearerCheck bearers,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.notices = notices;
        this.bearers = bearers;
        this.context = context;
    }

    /// What becomes of somebody who has no account yet; `data` becomes the user metadata.
    public sealed interface Newcomer {
        record Welcome(JsonObject data) implements Newcomer {}

        record TurnedAway() implements Newcomer {}
    }

    /// A link and a code by mail.
    public void magicLink(EmailAddress email, Newcomer newcomer, LinkWish wish, Visitor visitor) {
        byMail(
                Letter.MAGIC_LINK,
                email,
                visitor,
                (tx, now) ->
                        findByEmail(tx, email)
                                .or(() -> join(tx, email, newcomer, visitor, now))
                                .filter(found -> !found.isBannedAt(now)),
                write(Letter.MAGIC_LINK, email, wish, Action.RECOVERY_REQUESTED, visitor));
    }

    /// A code by text; the answer is the provider's name for the message.
    public String textCode(PhoneNumber phone, Newcomer newcomer, Channel channel, Visitor visitor) {
        context.limits().message(visitor);
        notices.requireTexts();
        Notices.Text text =
                database.transaction(tx -> {
                    Instant now = context.now();
                    notices.requirePace(tx, phone, now);
                    Account account =
                            accounts.findByPhone(tx, phone)
                                    .map(Credential::account)
                                    .orElseGet(() -> join(tx, phone, newcomer, visitor, now));
                    context.audit().record(tx, Action.RECOVERY_REQUESTED, account, visitor, now);
                    return notices.text(tx, account, CodeKind.RECOVERY, phone, channel, now);
                });
        return notices.send(text);
    }

    /// A link to choose a new password by.
    public void recovery(EmailAddress email, LinkWish wish, Visitor visitor) {
        byMail(
                Letter.RECOVERY,
                email,
                visitor,
                (tx, now) -> findByEmail(tx, email).filter(found -> !found.isBannedAt(now)),
                write(Letter.RECOVERY, email, wish, Action.RECOVERY_REQUESTED, visitor));
    }

    /// The mail of a sign-up again, while its address is not confirmed.
    public void confirmationAgain(EmailAddress email, LinkWish wish, Visitor visitor) {
        byMail(
                Letter.CONFIRMATION,
                email,
                visitor,
                (tx, _) ->
                        findByEmail(tx, email)
                                .filter(found -> found.contact().emailConfirmedAt() == null),
                write(Letter.CONFIRMATION, email, wish, Action.CONFIRMATION_REQUESTED, visitor));
    }

    /// The mail of a change again, to the new address. Clients name the address that the account
    /// still has; the new one is taken too.
    public void emailChangeAgain(EmailAddress email, LinkWish wish, Visitor visitor) {
        byMail(
                Letter.EMAIL_CHANGE_NEW,
                email,
                visitor,
                (tx, _) ->
                        findByEmail(tx, email)
                                .filter(found -> found.contact().newEmail() != null)
                                .or(() -> firstOf(tx, accounts.proposing(tx, email))),
                (tx, found, _) -> EmailChange.send(tx, found, notices, wish, accounts, context));
    }

    /// The code of a sign-up by phone, or of a new number, again; the answer is a name for the
    /// message, invented where nothing is sent.
    public String textAgain(PhoneNumber phone, CodeKind kind, Channel channel, Visitor visitor) {
        context.limits().message(visitor);
        notices.requireTexts();
        Optional<Notices.Text> text =
                EvenTime.of(() ->
                        database.transaction(tx -> {
                            Instant now = context.now();
                            notices.requirePace(tx, phone, now);
                            return waiting(tx, phone, kind)
                                    .map(found -> {
                                        CodeKind again = notices.again(tx, found, kind, now);
                                        return notices.text(tx, found, again, phone, channel, now);
                                    });
                        }));
        // Not waited for: how long the provider takes would tell that there was something to send.
        text.ifPresent(found -> Thread.startVirtualThread(() -> sendQuietly(found)));
        return UUID.randomUUID().toString();
    }

    /// A code that proves that the bearer of a session still is the person; empty when it went by
    /// mail, else the provider's name for the message.
    public Optional<String> reauthentication(Caller caller, Visitor visitor) {
        context.limits().message(visitor);
        Optional<Notices.Text> text =
                database.transaction(tx -> {
                    Instant now = context.now();
                    Account account = bearers.requireSignedIn(tx, caller).account();
                    context.audit()
                            .record(tx, Action.REAUTHENTICATION_REQUESTED, account, visitor, now);
                    String email = account.contact().email();
                    String phone = account.contact().phone();
                    if (email != null) {
                        notices.requireMail();
                        EmailAddress to = EmailAddress.parse(email);
                        notices.requirePace(tx, Letter.REAUTHENTICATION, to, now);
                        notices.mail(tx, account, Letter.REAUTHENTICATION, to, LinkWish.NONE, now);
                        return Optional.<Notices.Text>empty();
                    }
                    if (phone == null) {
                        throw new ProblemException(
                                new ValidationFailed(
                                        "Reauthentication requires the user to have an email or a"
                                                + " phone number"));
                    }
                    notices.requireTexts();
                    PhoneNumber to = PhoneNumber.parse(phone);
                    notices.requirePace(tx, to, now);
                    return Optional.of(
                            notices.text(
                                    tx, account, CodeKind.REAUTHENTICATION, to, Channel.SMS, now));
                });
        notices.flush();
        return text.map(notices::send);
    }

    /// Whom a mail is for.
    @FunctionalInterface
    private interface Recipient {
        Optional<Account> find(SqlTransaction tx, Instant now);
    }

    /// Puts the mail into the outbox.
    @FunctionalInterface
    private interface Writing {
        void to(SqlTransaction tx, Account account, Instant now);
    }

    /// In the same steps and time whether there is a recipient or none.
    private void byMail(
            Letter letter,
            EmailAddress email,
            Visitor visitor,
            Recipient recipient,
            Writing writing) {
        context.limits().message(visitor);
        notices.requireMail();
        EvenTime.of(() ->
                database.transaction(tx -> {
                    Instant now = context.now();
                    notices.requirePace(tx, letter, email, now);
                    Optional<Account> account = recipient.find(tx, now);
                    account.ifPresent(found -> writing.to(tx, found, now));
                    return account;
                }));
        notices.flush();
    }

    private Writing write(
            Letter letter, EmailAddress email, LinkWish wish, Action action, Visitor visitor) {
        return (tx, account, now) -> {
            notices.mail(tx, account, letter, email, wish, now);
            context.audit().record(tx, action, account, visitor, now);
        };
    }

    private Optional<Account> findByEmail(SqlTransaction tx, EmailAddress email) {
        return accounts.findByEmail(tx, email).map(Credential::account);
    }

    private Optional<Account> firstOf(SqlTransaction tx, List<UUID> ids) {
        return ids.stream()
                .findFirst()
                .flatMap(id -> accounts.find(tx, id))
                .map(Credential::account);
    }

    private Optional<Account> waiting(SqlTransaction tx, PhoneNumber phone, CodeKind kind) {
        return kind == CodeKind.PHONE_CHANGE
                ? firstOf(tx, accounts.proposing(tx, phone))
                : accounts.findByPhone(tx, phone)
                        .map(Credential::account)
                        .filter(found -> found.contact().phoneConfirmedAt() == null);
    }

    private void sendQuietly(Notices.Text text) {
        try {
            notices.send(text);
        } catch (ProblemException _) {
            // Told in the log; nobody waits for it.
        }
    }

    private Optional<Account> join(
            SqlTransaction tx,
            EmailAddress email,
            Newcomer newcomer,
            Visitor visitor,
            Instant now) {
        JsonObject data = welcome(newcomer, visitor);
        Account account =
                NewAccount.withEmail(
                        HookCall.freshId(tx), context.config().audience(), email, null, data, now);
        NewUserHook.ask(tx, account, visitor, context);
        if (!accounts.insert(tx, account, null)) {
            // Somebody asked for the same address at the same moment: they get the mail.
            return Optional.empty();
        }
        context.audit().record(tx, Action.SIGNED_UP, account, visitor, now);
        return Optional.of(account);
    }

    private Account join(
            SqlTransaction tx, PhoneNumber phone, Newcomer newcomer, Visitor visitor, Instant now) {
        JsonObject data = welcome(newcomer, visitor);
        Account account =
                NewAccount.withPhone(
                        HookCall.freshId(tx), context.config().audience(), phone, null, data, now);
        NewUserHook.ask(tx, account, visitor, context);
        if (!accounts.insert(tx, account, null)) {
            throw new ProblemException(
                    new SentTooOften(
                            ErrorCode.OVER_SMS_SEND_RATE_LIMIT,
                            context.config().sms().frequency()));
        }
        context.audit().record(tx, Action.SIGNED_UP, account, visitor, now);
        return account;
    }

    private JsonObject welcome(Newcomer newcomer, Visitor visitor) {
        return switch (newcomer) {
            case Newcomer.Welcome(JsonObject data) when !context.config().disableSignup() -> {
                context.limits().newcomer(visitor);
                yield UserMetadata.requireSmall(data);
            }
            case Newcomer.Welcome _, Newcomer.TurnedAway _ ->
                    throw new ProblemException(new Refused(ErrorCode.OTP_DISABLED));
        };
    }
}
