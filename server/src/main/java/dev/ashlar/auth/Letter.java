package dev.ashlar.auth;

import dev.ashlar.auth.account.AccountStore.Notice;
import dev.ashlar.auth.link.CodeKind;
import dev.ashlar.auth.message.MailTemplate;

/// The kinds of mail with a code or link: how it is worded, which code it carries, under which
/// `type` a client verifies it, and how a session that it starts came to be.
enum Letter {
    CONFIRMATION(
            MailTemplate.CONFIRMATION,
            CodeKind.CONFIRMATION,
            Notice.CONFIRMATION,
            "signup",
            "email/signup"),
    INVITE(MailTemplate.INVITE, CodeKind.CONFIRMATION, Notice.CONFIRMATION, "invite", "invite"),
    MAGIC_LINK(
            MailTemplate.MAGIC_LINK, CodeKind.RECOVERY, Notice.RECOVERY, "magiclink", "magiclink"),
    RECOVERY(MailTemplate.RECOVERY, CodeKind.RECOVERY, Notice.RECOVERY, "recovery", "recovery"),
    EMAIL_CHANGE_NEW(
            MailTemplate.EMAIL_CHANGE,
            CodeKind.EMAIL_CHANGE_NEW,
            Notice.EMAIL_CHANGE,
            "email_change",
            "email_change"),
    EMAIL_CHANGE_CURRENT(
            MailTemplate.EMAIL_CHANGE,
            CodeKind.EMAIL_CHANGE_CURRENT,
            Notice.EMAIL_CHANGE,
            "email_change",
            "email_change"),
    REAUTHENTICATION(
            MailTemplate.REAUTHENTICATION,
            CodeKind.REAUTHENTICATION,
            Notice.REAUTHENTICATION,
            "reauthentication",
            "otp");

    private final MailTemplate template;
    private final CodeKind code;
    private final Notice notice;
    private final String type;
    private final String method;

    Letter(MailTemplate template, CodeKind code, Notice notice, String type, String method) {
        this.template = template;
        this.code = code;
        this.notice = notice;
        this.type = type;
        this.method = method;
    }

    MailTemplate template() {
        return template;
    }

    CodeKind code() {
        return code;
    }

    Notice notice() {
        return notice;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }
}
