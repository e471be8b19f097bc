package dev.ashlar.auth.account;

import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.Account.Kind;
import dev.ashlar.auth.account.Account.Metadata;
import dev.ashlar.auth.account.Account.Moments;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An account as it will be: each method gives a further change. Immutable.
public record AccountEdit(Account account, Instant now) {

    public static AccountEdit of(Account account, Instant now) {
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

    public AccountEdit userMetadata(JsonObject changes) {
        Metadata old = account.metadata();
        return metadata(new Metadata(old.app(), UserMetadata.merge(old.user(), changes)));
    }

    public AccountEdit appMetadata(JsonObject changes) {
        Metadata old = account.metadata();
        return metadata(new Metadata(UserMetadata.merge(old.app(), changes), old.user()));
    }

    public AccountEdit role(String role) {
        return with(role, account.contact(), account.metadata(), account.moments());
    }

    public AccountEdit bannedUntil(@Nullable Instant end) {
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

    /// The address is the person's own.
    public AccountEdit confirmed() {
        Contact old = account.contact();
        if (old.email() == null || old.emailConfirmedAt() != null) {
            return this;
        }
        EmailAddress email = EmailAddress.parse(old.email());
        return contact(old.withEmail(old.email(), now)).identities(identitiesWith(email));
    }

    /// The number is the person's own.
    public AccountEdit phoneConfirmed() {
        Contact old = account.contact();
        if (old.phone() == null || old.phoneConfirmedAt() != null) {
            return this;
        }
        PhoneNumber phone = PhoneNumber.parse(old.phone());
        return contact(old.withPhone(old.phone(), now)).identities(identitiesWith(phone));
    }

    public AccountEdit invited() {
        return moments(account.moments().withInvitedAt(now));
    }

    /// Waits for its confirmation.
    public AccountEdit proposedEmail(EmailAddress email) {
        Contact old = account.contact();
        return contact(old.proposing(email.text(), old.newPhone()));
    }

    /// Waits for its confirmation.
    public AccountEdit proposedPhone(PhoneNumber phone) {
        Contact old = account.contact();
        return contact(old.proposing(old.newEmail(), phone.digits()));
    }

    /// Confirmed at once. An account without a name gets one and becomes permanent.
    public AccountEdit email(EmailAddress email) {
        Contact old = account.contact();
        return named("email")
                .contact(old.proposing(null, old.newPhone()).withEmail(email.text(), now))
                .identities(identitiesWith(email));
    }

    /// The same where addresses count as confirmed without asking: nobody has proved it.
    public AccountEdit unprovedEmail(EmailAddress email) {
        return unproved(
                email(email),
                "email",
                NewAccount.emailDetails(account.id(), email, null),
                email.text());
    }

    private static AccountEdit unproved(
            AccountEdit edit, String provider, JsonObject details, @Nullable String email) {
        return edit.identities(
                edit.account.identities().stream()
                        .map(identity ->
                                identity.provider().equals(provider)
                                        ? edit.renamed(identity, details, email)
                                        : identity)
                        .toList());
    }

    /// Somebody has just shown that the address is theirs.
    public AccountEdit provedEmail() {
        Contact old = account.contact();
        return old.email() == null
                ? this
                : named("email").identities(identitiesWith(EmailAddress.parse(old.email())));
    }

    /// The address of a foreign provider, which has its own identity.
    public AccountEdit confirmedEmail(EmailAddress email) {
        return contact(account.contact().withEmail(email.text(), now));
    }

    /// The address is somebody else's.
    public AccountEdit withoutEmail() {
        AccountEdit edit = contact(account.contact().proposing(null, null).withEmail(null, null));
        return edit.without("email");
    }

    /// What waits for its confirmation, and a number that was never confirmed, are dropped.
    public AccountEdit withoutProposals() {
        Contact contact = account.contact().proposing(null, null);
        return contact.phoneConfirmedAt() == null
                ? contact(contact.withPhone(null, null)).without("phone")
                : contact(contact);
    }

    /// Nobody can sign in by providers any more, and what they told of the person is gone. The rows
    /// are deleted by [IdentityStore#deleteForeign].
    public AccountEdit withoutForeignIdentities() {
        AccountEdit edit = this;
        for (Identity identity : account.identities()) {
            String provider = identity.provider();
            if (!provider.equals("email") && !provider.equals("phone")) {
                edit = edit.without(provider).withoutUserMetadata();
            }
        }
        return edit;
    }

    private AccountEdit withoutUserMetadata() {
        return metadata(new Metadata(account.metadata().app(), JsonObject.EMPTY));
    }

    /// A further way to sign in, or a newer word of one. An anonymous account becomes permanent.
    public AccountEdit identity(Identity fresh) {
        List<Identity> identities = new ArrayList<>(account.identities());
        identities.removeIf(old -> old.id().equals(fresh.id()));
        identities.add(fresh);
        return named(fresh.provider()).identities(List.copyOf(identities));
    }

    /// One way less to sign in; the row is deleted by [IdentityStore#delete].
    public AccountEdit without(Identity gone) {
        List<Identity> rest =
                account.identities().stream().filter(one -> !one.id().equals(gone.id())).toList();
        AccountEdit edit = identities(rest);
        boolean others = rest.stream().anyMatch(one -> one.provider().equals(gone.provider()));
        return others ? edit : edit.unnamed(gone.provider());
    }

    private AccountEdit without(String provider) {
        return identities(
                        account.identities().stream()
                                .filter(one -> !one.provider().equals(provider))
                                .toList())
                .unnamed(provider);
    }

    private AccountEdit unnamed(String provider) {
        JsonObject app = account.metadata().app();
        JsonString word = new JsonString(provider);
        List<JsonValue> providers = new ArrayList<>();
        if (app.find("providers").orElse(JsonNull.NULL) instanceof JsonArray(var known)) {
            known.stream().filter(one -> !one.equals(word)).forEach(providers::add);
        }
        JsonObjectBuilder changes =
                new JsonObjectBuilder().put("providers", new JsonArray(List.copyOf(providers)));
        if (app.find("provider").equals(Optional.of(word))) {
            changes.put("provider", providers.isEmpty() ? JsonNull.NULL : providers.getFirst());
        }
        return appMetadata(changes.build());
    }

    /// Confirmed at once. An account without a name gets one and becomes permanent.
    public AccountEdit phone(PhoneNumber phone) {
        Contact old = account.contact();
        return named("phone")
                .contact(old.proposing(old.newEmail(), null).withPhone(phone.digits(), now))
                .identities(identitiesWith(phone));
    }

    /// The same where numbers count as confirmed without asking: nobody has proved it.
    public AccountEdit unprovedPhone(PhoneNumber phone) {
        return unproved(
                phone(phone), "phone", NewAccount.phoneDetails(account.id(), phone, null), null);
    }

    /// Somebody has just shown that the number is theirs.
    public AccountEdit provedPhone() {
        Contact old = account.contact();
        return old.phone() == null
                ? this
                : identities(identitiesWith(PhoneNumber.parse(old.phone())));
    }

    /// Confirmed at the time, or not yet.
    public AccountEdit phoneAt(PhoneNumber phone, @Nullable Instant confirmedAt) {
        AccountEdit edit = phone(phone);
        return edit.contact(edit.account.contact().withPhone(phone.digits(), confirmedAt));
    }

    /// Permanent, with the provider among those that it signs in by.
    private AccountEdit named(String provider) {
        JsonObject app = account.metadata().app();
        List<JsonValue> providers = new ArrayList<>();
        if (app.find("providers").orElse(JsonNull.NULL) instanceof JsonArray(var known)) {
            providers.addAll(known);
        }
        JsonString word = new JsonString(provider);
        if (!providers.contains(word)) {
            providers.add(word);
        }
        JsonObjectBuilder changes =
                new JsonObjectBuilder().put("providers", new JsonArray(List.copyOf(providers)));
        if (app.find("provider").isEmpty()) {
            changes.put("provider", provider);
        }
        Account named =
                new Account(
                        account.id(),
                        account.audience(),
                        account.role(),
                        account.contact(),
                        account.metadata(),
                        account.moments(),
                        account.identities(),
                        account.kind() == Kind.ANONYMOUS ? Kind.PERMANENT : account.kind(),
                        account.sent(),
                        account.factors());
        return new AccountEdit(named, now).appMetadata(changes.build());
    }

    private List<Identity> identitiesWith(PhoneNumber phone) {
        JsonObject details = NewAccount.phoneDetails(account.id(), phone, now);
        return withOwn(
                "phone", details, null, NewAccount.phoneIdentity(account.id(), phone, now, now));
    }

    private List<Identity> identitiesWith(EmailAddress email) {
        JsonObject details = NewAccount.emailDetails(account.id(), email, now);
        return withOwn(
                "email",
                details,
                email.text(),
                NewAccount.emailIdentity(account.id(), email, now, now));
    }

    /// The identity of the provider changed, or added.
    private List<Identity> withOwn(
            String provider, JsonObject details, @Nullable String email, Identity fresh) {
        List<Identity> identities = new ArrayList<>();
        boolean known = false;
        for (Identity identity : account.identities()) {
            boolean own = identity.provider().equals(provider);
            known |= own;
            identities.add(own ? renamed(identity, details, email) : identity);
        }
        if (!known) {
            identities.add(fresh);
        }
        return List.copyOf(identities);
    }

    private Identity renamed(Identity identity, JsonObject details, @Nullable String email) {
        return new Identity(
                identity.id(),
                identity.accountId(),
                identity.provider(),
                identity.providerId(),
                UserMetadata.merge(identity.details(), details),
                email,
                identity.lastSignInAt(),
                identity.createdAt(),
                now);
    }

    private AccountEdit identities(List<Identity> identities) {
        return new AccountEdit(
                new Account(
                        account.id(),
                        account.audience(),
                        account.role(),
                        account.contact(),
                        account.metadata(),
                        account.moments(),
                        identities,
                        account.kind(),
                        account.sent(),
                        account.factors()),
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
                        account.kind(),
                        account.sent(),
                        account.factors()),
                now);
    }
}
