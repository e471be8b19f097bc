package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountJson;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Notice;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.CodeKind;
import dev.ashlar.auth.link.FlowState;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.MessagePace;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.link.OneTimeCodes.Form;
import dev.ashlar.auth.link.OneTimeCodes.Issued;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.message.MailValues;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.auth.message.SendingFailed;
import dev.ashlar.auth.message.TextMessage;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.AuthProblem.PhoneProviderDisabled;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes codes and links and sends them: by mail within the transaction that they belong to, by
/// text after it.
final class Notices {
    private static final Log LOG = Log.of(Notices.class);

    private final RedirectAllowList redirects;
    private final Flows flows;
    private final OneTimeCodes codes;
    private final MessagePace pace;
    private final Messages messages;
    private final AccountStore accounts;
    private final AuthContext context;

    Notices(
            RedirectAllowList redirects,
            Flows flows,
            OneTimeCodes codes,
            MessagePace pace,
            Messages messages,
            AccountStore accounts,
            AuthContext context) {
        this.redirects = redirects;
        this.flows = flows;
        this.codes = codes;
        this.pace = pace;
        this.messages = messages;
        this.accounts = accounts;
        this.context = context;
    }

    /// A link with its code, to be given to whoever asked for it or sent.
    record Link(Issued issued, String url, RedirectTarget redirect) {}

    /// A code that waits to be sent, once its transaction is over.
    record Text(PhoneNumber phone, Channel channel, String code, JsonObject user) {
        @Override
        public String toString() {
            return "Text[]";
        }
    }

    void requireMail() {
        if (!messages.sendsMail()) {
            throw new ProblemException(new Refused(ErrorCode.EMAIL_PROVIDER_DISABLED));
        }
    }

    void requireTexts() {
        if (!messages.sendsTexts()) {
            throw new ProblemException(new PhoneProviderDisabled());
        }
    }

    /// To be asked before anything is looked up: it must not depend on whether there is an account.
    void requirePace(SqlTransaction tx, Letter letter, EmailAddress to, Instant now) {
        pace.take(
                tx,
                letter.code().name(),
                to.text(),
                context.config().mail().frequency(),
                ErrorCode.OVER_EMAIL_SEND_RATE_LIMIT,
                now);
    }

    void requirePace(SqlTransaction tx, PhoneNumber to, Instant now) {
        pace.take(
                tx,
                "sms",
                to.digits(),
                context.config().sms().frequency(),
                ErrorCode.OVER_SMS_SEND_RATE_LIMIT,
                now);
    }

    /// Sends a mail with a new code and link; earlier ones of the kind are worth nothing then.
    void mail(
            SqlTransaction tx,
            Account account,
            Letter letter,
            EmailAddress to,
            LinkWish wish,
            Instant now) {
        Link link = link(tx, account, letter, to, wish, now);
        switch (messages.writer()) {
            case TEMPLATES ->
                    messages.mail(
                            tx,
                            account.id(),
                            letter.template(),
                            to.text(),
                            values(account, link),
                            now);
            case HOOK ->
                    messages.mail(
                            tx,
                            account.id(),
                            MailEvent.of(account, letter, link, context.apiUrl()),
                            now);
        }
        accounts.recordSent(tx, account.id(), letter.notice(), now);
    }

    /// Both mails of a change that is confirmed from both addresses.
    void mailChange(
            SqlTransaction tx,
            Account account,
            EmailAddress fresh,
            EmailAddress current,
            LinkWish wish,
            Instant now) {
        switch (messages.writer()) {
            case TEMPLATES -> {
                mail(tx, account, Letter.EMAIL_CHANGE_NEW, fresh, wish, now);
                mail(tx, account, Letter.EMAIL_CHANGE_CURRENT, current, wish, now);
            }
            case HOOK -> {
                Link toFresh = link(tx, account, Letter.EMAIL_CHANGE_NEW, fresh, wish, now);
                Link toCurrent = link(tx, account, Letter.EMAIL_CHANGE_CURRENT, current, wish, now);
                messages.mail(
                        tx,
                        account.id(),
                        MailEvent.ofChange(account, toFresh, toCurrent, context.apiUrl()),
                        now);
                accounts.recordSent(tx, account.id(), Notice.EMAIL_CHANGE, now);
            }
        }
    }

    /// After the transaction of [#mail].
    void flush() {
        messages.flush();
    }

    Link link(
            SqlTransaction tx,
            Account account,
            Letter letter,
            EmailAddress to,
            LinkWish wish,
            Instant now) {
        Form form =
                new Form(
                        context.config().mail().codeLength(),
                        context.config().mail().codeLifetime());
        Optional<UUID> flow =
                wish.challenge()
                        .map(challenge ->
                                flows.begin(
                                        tx,
                                        Optional.of(account.id()),
                                        challenge,
                                        "email",
                                        letter.method(),
                                        now))
                        .map(FlowState::id);
        Issued issued = codes.issue(tx, account.id(), letter.code(), to.text(), form, flow, now);
        RedirectTarget redirect = redirects.choose(wish.redirectTo());
        String url =
                context.apiUrl()
                        + "/verify?token="
                        + issued.token()
                        + "&type="
                        + letter.type()
                        + "&redirect_to="
                        + URLEncoder.encode(redirect.text(), StandardCharsets.UTF_8);
        return new Link(issued, url, redirect);
    }

    /// The kind of a code that is sent again: whoever had asked for one to sign in by, and not for
    /// the confirmation of a sign-up, still does.
    CodeKind again(SqlTransaction tx, Account account, CodeKind kind, Instant now) {
        return kind == CodeKind.CONFIRMATION
                        && codes.waits(tx, account.id(), CodeKind.RECOVERY, now)
                ? CodeKind.RECOVERY
                : kind;
    }

    /// A new code for the number, to be sent by [#send].
    Text text(
            SqlTransaction tx,
            Account account,
            CodeKind kind,
            PhoneNumber phone,
            Channel channel,
            Instant now) {
        Form form =
                new Form(
                        context.config().sms().codeLength(), context.config().sms().codeLifetime());
        Optional<String> fixed = context.config().sms().findTestCode(phone.digits());
        Issued issued =
                fixed.isPresent()
                        ? codes.issue(
                                tx,
                                account.id(),
                                kind,
                                phone.digits(),
                                fixed.get(),
                                form,
                                Optional.empty(),
                                now)
                        : codes.issue(
                                tx,
                                account.id(),
                                kind,
                                phone.digits(),
                                form,
                                Optional.empty(),
                                now);
        accounts.recordSent(tx, account.id(), notice(kind), now);
        return new Text(phone, channel, issued.code(), AccountJson.user(account));
    }

    /// The provider's name for the message. Waits for the provider, so it comes after the
    /// transaction.
    String send(Text text) {
        if (context.config().sms().findTestCode(text.phone().digits()).isPresent()) {
            return "test-otp";
        }
        String body = context.config().sms().template().replace("{{ .Code }}", text.code());
        try {
            return messages.text(
                    new TextMessage(
                            text.phone().digits(), text.channel(), body, text.code(), text.user()));
        } catch (SendingFailed e) {
            LOG.warn("A text was not taken: {}", e.getMessage());
            throw new ProblemException(new Refused(ErrorCode.SMS_SEND_FAILED), e);
        }
    }

    private static Notice notice(CodeKind kind) {
        return switch (kind) {
            case CONFIRMATION, RECOVERY -> Notice.CONFIRMATION;
            case REAUTHENTICATION -> Notice.REAUTHENTICATION;
            case EMAIL_CHANGE_NEW, EMAIL_CHANGE_CURRENT -> Notice.EMAIL_CHANGE;
            case PHONE_CHANGE -> Notice.PHONE_CHANGE;
        };
    }

    private MailValues values(Account account, Link link) {
        return new MailValues(
                link.url(),
                link.issued().code(),
                link.issued().token(),
                redirects.site().text(),
                link.redirect().text(),
                orEmpty(account.contact().email()),
                orEmpty(account.contact().newEmail()),
                account.metadata().user());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
