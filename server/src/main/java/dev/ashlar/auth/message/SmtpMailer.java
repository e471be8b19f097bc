package dev.ashlar.auth.message;

import dev.ashlar.auth.config.MailConfig;
import dev.ashlar.auth.message.SendingFailed.Kind;
import jakarta.mail.Address;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/// Sends over SMTP (RFC 5321), a connection for each mail. With STARTTLS a server that does not
/// offer it is not sent to (RFC 8314), and its certificate has to be good for its name.
final class SmtpMailer {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final Session session;
    private final InternetAddress from;

    /// Throws [IllegalArgumentException] for settings that cannot work.
    SmtpMailer(MailConfig config) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", config.host().orElseThrow());
        properties.put("mail.smtp.port", Integer.toString(config.port()));
        properties.put("mail.smtp.connectiontimeout", millis(CONNECT_TIMEOUT));
        properties.put("mail.smtp.timeout", millis(ANSWER_TIMEOUT));
        properties.put("mail.smtp.writetimeout", millis(ANSWER_TIMEOUT));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.mime.allowutf8", "true");
        switch (config.tls()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        config.authorities()
                .ifPresent(file ->
                        properties.put(
                                "mail.smtp.ssl.socketFactory", Authorities.socketFactory(file)));
        config.user().ifPresent(_ -> properties.put("mail.smtp.auth", "true"));
        this.session = Session.getInstance(properties, authenticator(config));
        this.from = sender(config);
    }

    void send(Mail mail) throws SendingFailed {
        try {
            Transport.send(message(mail));
        } catch (AddressException e) {
            throw new SendingFailed(Kind.PERMANENT, "the address cannot be written to", e);
        } catch (MessagingException e) {
            throw new SendingFailed(kind(e), String.valueOf(e.getMessage()), e);
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipients(
                Message.RecipientType.TO, new Address[] {new InternetAddress(mail.to())});
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(Instant.now()));
        // RFC 3834: nobody's holiday notice is wanted.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), StandardCharsets.UTF_8.name(), "html");
        // The last one is the one that readers prefer (RFC 2046, 5.1.4).
        message.setContent(new MimeMultipart("alternative", text, html));
        return message;
    }

    /// What the server says for good: its replies from 500 on, about the recipient or the mail.
    private static Kind kind(MessagingException e) {
        Exception next = e;
        while (next != null) {
            boolean forGood =
                    switch (next) {
                        case SMTPAddressFailedException refused -> refused.getReturnCode() >= 500;
                        case SMTPSendFailedException refused -> refused.getReturnCode() >= 550;
                        default -> false;
                    };
            if (forGood) {
                return Kind.PERMANENT;
            }
            next = next instanceof MessagingException outer ? outer.getNextException() : null;
        }
        return Kind.PASSING;
    }

    private static Authenticator authenticator(MailConfig config) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        config.user().orElse(""),
                        config.password().map(secret -> secret.reveal()).orElse(""));
            }
        };
    }

    private static InternetAddress sender(MailConfig config) {
        try {
            InternetAddress address = new InternetAddress(config.from(), true);
            if (config.senderName().isPresent()) {
                address.setPersonal(config.senderName().get(), StandardCharsets.UTF_8.name());
            }
            return address;
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException("auth.mail.from is no address", e);
        }
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
