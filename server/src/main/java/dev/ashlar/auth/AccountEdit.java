package dev.ashlar.auth;

import dev.ashlar.auth.Account.Contact;
import dev.ashlar.auth.Account.Kind;
import dev.ashlar.auth.Account.Metadata;
import dev.ashlar.auth.Account.Moments;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account as it will be: each method gives a further change. Immutable.
record AccountEdit(Account account, Instant now) {

    static AccountEdit of(Account account, Instant now) {
        Moments old = account.moments();
        return new AccountEdit(account, now)
                .moments(
                        new Moments(
                                old.createdAt(),
                                now,
                                old.lastSignInAt(),
                                old.invitedAt(),
                                old.bannedUntil(),
                                old.deletedAt()));
    }

    AccountEdit userMetadata(JsonObject changes) {
        Metadata old = account.metadata();
        return metadata(new Metadata(old.app(), UserMetadata.merge(old.user(), changes)));
    }

    AccountEdit appMetadata(JsonObject changes) {
        Metadata old = account.metadata();
        return metadata(new Metadata(UserMetadata.merge(old.app(), changes), old.user()));
    }

    AccountEdit role(String role) {
        return with(role, account.contact(), account.metadata(), account.moments());
    }

    AccountEdit bannedUntil(@Nullable Instant end) {
        Moments old = account.moments();
        return moments(
                new Moments(
                        old.createdAt(),
                        old.updatedAt(),
                        old.lastSignInAt(),
                        old.invitedAt(),
                        end,
                        old.deletedAt()));
    }

    AccountEdit confirmed() {
        Contact old = account.contact();
        return old.emailConfirmedAt() != null
                ? this
                : contact(
                        new Contact(
                                old.email(),
                                now,
                                old.phone(),
                                old.phoneConfirmedAt(),
                                old.newEmail()));
    }

    /// Waits for its confirmation.
    AccountEdit proposedEmail(EmailAddress email) {
        Contact old = account.contact();
        return contact(
                new Contact(
                        old.email(),
                        old.emailConfirmedAt(),
                        old.phone(),
                        old.phoneConfirmedAt(),
                        email.text()));
    }

    /// Confirmed at once. An account without a name gets one and becomes permanent.
    AccountEdit email(EmailAddress email) {
        Contact old = account.contact();
        Metadata metadata = account.metadata();
        if (account.kind() == Kind.ANONYMOUS) {
            Account named =
                    NewAccount.withEmail(
                            account.id(), account.audience(), email, now, metadata.user(), now);
            metadata =
                    new Metadata(
                            UserMetadata.merge(metadata.app(), named.metadata().app()),
                            metadata.user());
        }
        Account changed =
                new Account(
                        account.id(),
                        account.audience(),
                        account.role(),
                        new Contact(email.text(), now, old.phone(), old.phoneConfirmedAt(), null),
                        metadata,
                        account.moments(),
                        identitiesWith(email),
                        Kind.PERMANENT);
        return new AccountEdit(changed, now);
    }

    private List<Identity> identitiesWith(EmailAddress email) {
        List<Identity> identities = new ArrayList<>();
        boolean known = false;
        for (Identity identity : account.identities()) {
            boolean own = identity.provider().equals("email");
            known |= own;
            identities.add(own ? renamed(identity, email) : identity);
        }
        if (!known) {
            identities.add(NewAccount.emailIdentity(account.id(), email, now, now));
        }
        return List.copyOf(identities);
    }

    private Identity renamed(Identity identity, EmailAddress email) {
        JsonObject details =
                UserMetadata.merge(
                        identity.details(), NewAccount.emailDetails(account.id(), email, now));
        return new Identity(
                identity.id(),
                identity.accountId(),
                identity.provider(),
                identity.providerId(),
                details,
                email.text(),
                identity.lastSignInAt(),
                identity.createdAt(),
                now);
    }

    private AccountEdit contact(Contact contact) {
        return with(account.role(), contact, account.metadata(), account.moments());
    }

    private AccountEdit metadata(Metadata metadata) {
        return with(account.role(), account.contact(), metadata, account.moments());
    }

    private AccountEdit moments(Moments moments) {
        return with(account.role(), account.contact(), account.metadata(), moments);
    }

    private AccountEdit with(String role, Contact contact, Metadata metadata, Moments moments) {
        return new AccountEdit(
                new Account(
                        account.id(),
                        account.audience(),
                        role,
                        contact,
                        metadata,
                        moments,
                        account.identities(),
                        account.kind()),
                now);
    }
}
