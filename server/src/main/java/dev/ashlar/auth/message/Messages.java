package dev.ashlar.auth.message;

import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.MailConfig;
import dev.ashlar.auth.config.Place;
import dev.ashlar.auth.config.RedirectUrl;
import dev.ashlar.auth.config.SmsConfig;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.message.Outbox.Abandoned;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How messages leave this server, as its settings say: mail over SMTP or into the inbox page of
/// development, texts through a provider or into the same page, or not at all.
public final class Messages implements AutoCloseable {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final MailTemplates templates;
    private final InboxStore inboxStore;
    private final Optional<Inbox> inbox;
    private final Optional<Outbox> outbox;
    private final Optional<TextSender> texts;
    private final Writer writer;

    private Messages(
            MailTemplates templates,
            InboxStore inboxStore,
            Optional<Inbox> inbox,
            Optional<Outbox> outbox,
            Optional<TextSender> texts,
            Writer writer) {
        this.templates = templates;
        this.inboxStore = inboxStore;
        this.inbox = inbox;
        this.outbox = outbox;
        this.texts = texts;
        this.writer = writer;
    }

    public static Messages open(
            AuthConfig config,
            Place place,
            SqlDatabase database,
            SecretBox box,
            Abandoned abandoned,
            HookCall hooks,
            InstantSource clock) {
        InboxStore inboxStore = new InboxStore(box);
        Optional<Inbox> inbox =
                showsInbox(config, place)
                        ? Optional.of(new Inbox(database, inboxStore, box))
                        : Optional.empty();
        MailTemplates templates = MailTemplates.load(config.mail());
        HookSender sender = new HookSender(hooks, database);
        Optional<Outbox> outbox =
                findMailer(config.mail(), hooks, sender)
                        .map(mailer ->
                                new Outbox(
                                        database, new OutboxStore(box), mailer, abandoned, clock));
        Optional<TextSender> texts =
                hooks.answers(HookEvent.SEND_SMS)
                        ? Optional.of(sender::text)
                        : findTexts(config.sms(), inbox, database, inboxStore, clock);
        return new Messages(
                templates,
                inboxStore,
                inbox,
                outbox,
                texts,
                hooks.answers(HookEvent.SEND_EMAIL) ? Writer.HOOK : Writer.TEMPLATES);
    }

    /// What was written for one may wait for the other, after a change of the settings.
    private static Optional<Mailer> findMailer(
            MailConfig config, HookCall hooks, HookSender sender) {
        boolean hook = hooks.answers(HookEvent.SEND_EMAIL);
        if (config.host().isEmpty() && !hook) {
            return Optional.empty();
        }
        Optional<SmtpMailer> smtp = config.host().map(_ -> new SmtpMailer(config));
        return Optional.of(message -> {
            switch (message) {
                case Mail mail when smtp.isPresent() -> smtp.get().send(mail);
                case Outgoing.Event(JsonObject payload) when hook -> sender.mail(payload);
                case Mail _, Outgoing.Event _ ->
                        throw new SendingFailed(
                                SendingFailed.Kind.PERMANENT, "nothing is set to send it");
            }
        });
    }

    private static Optional<TextSender> findTexts(
            SmsConfig config,
            Optional<Inbox> inbox,
            SqlDatabase database,
            InboxStore store,
            InstantSource clock) {
        HttpTexts http = new HttpTexts(config);
        return switch (config.provider()) {
            case NONE -> Optional.empty();
            case TWILIO -> Optional.of(http::toApi);
            case WEBHOOK -> Optional.of(http::toWebhook);
            case INBOX -> inbox.map(_ -> message -> received(database, store, message, clock));
        };
    }

    /// Who words mail.
    public enum Writer {
        TEMPLATES,
        HOOK
    }

    public Writer writer() {
        return writer;
    }

    /// Whether there is any way for mail.
    public boolean sendsMail() {
        return outbox.isPresent() || inbox.isPresent();
    }

    /// Whether there is any way for texts.
    public boolean sendsTexts() {
        return texts.isPresent();
    }

    /// The page of development; empty where mail is really sent.
    public Optional<Inbox> findInbox() {
        return inbox;
    }

    /// Within the transaction of the deed; [#flush] after it.
    public void mail(
            SqlTransaction tx,
            UUID about,
            MailTemplate template,
            String to,
            MailValues values,
            Instant now) {
        Mail mail = templates.write(template, to, values);
        if (outbox.isPresent()) {
            outbox.get().put(tx, about, mail, now);
        } else if (inbox.isPresent()) {
            inboxStore.insert(
                    tx,
                    new Inbox.Received(
                            UUID.randomUUID(),
                            now,
                            "mail",
                            mail.to(),
                            mail.subject(),
                            mail.text(),
                            mail.html()));
        }
    }

    /// The same for the hook that words and sends it.
    public void mail(SqlTransaction tx, UUID about, JsonObject payload, Instant now) {
        outbox.orElseThrow().put(tx, about, new Outgoing.Event(payload), now);
    }

    /// A notice that follows a deed, within its transaction; it leaves with the next look, a few
    /// seconds later.
    public void notice(
            SqlTransaction tx,
            UUID about,
            AccountNotice notice,
            String to,
            MailValues values,
            Instant now) {
        mail(tx, about, MailTemplate.of(notice), to, values, now);
    }

    /// After the transaction: mail leaves now and not at the next look.
    public void flush() {
        outbox.ifPresent(Outbox::wake);
    }

    /// Outside of any transaction, since it waits for the provider.
    public String text(TextMessage message) throws SendingFailed {
        return texts.orElseThrow().send(message);
    }

    @Override
    public void close() {
        outbox.ifPresent(Outbox::close);
    }

    /// Whoever sees the inbox signs in as anybody: it is there by itself only while both the server
    /// and the application are on the developer's machine.
    private static boolean showsInbox(AuthConfig config, Place place) {
        return switch (config.mail().inbox()) {
            case ON -> true;
            case OFF -> false;
            case AUTO ->
                    config.mail().host().isEmpty()
                            && config.hooks().sendEmail().isEmpty()
                            && place.reach() == Place.Reach.THIS_MACHINE
                            && RedirectUrl.find(config.siteUrl())
                                    .filter(site -> LOCAL.contains(site.host()))
                                    .isPresent();
        };
    }

    private static String received(
            SqlDatabase database, InboxStore store, TextMessage message, InstantSource clock) {
        UUID id = UUID.randomUUID();
        database.transaction(tx -> {
            store.insert(
                    tx,
                    new Inbox.Received(
                            id,
                            clock.instant(),
                            message.channel().word(),
                            "+" + message.phone(),
                            "",
                            message.text(),
                            ""));
            return id;
        });
        return id.toString();
    }
}
