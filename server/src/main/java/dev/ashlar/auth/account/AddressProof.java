package dev.ashlar.auth.account;

import dev.ashlar.json.JsonValue.JsonBoolean;
import java.util.Optional;

/// Whether anybody has proved that an account's e-mail address is theirs: by a code or link that
/// was sent there, or by a provider's word. `email_confirmed_at` does not say so, since addresses
/// may count as confirmed without asking (`auth.autoconfirm`); the identities do, in
/// `email_verified`.
///
/// Whoever signs up with an address that is not theirs waits for its owner to come. What they have
/// put on the account must not outlast that (pre-hijacking).
public final class AddressProof {
    private AddressProof() {}

    public static boolean isProved(Account account) {
        String email = account.contact().email();
        return email != null
                && account.contact().emailConfirmedAt() != null
                && account.identities().stream()
                        .anyMatch(identity ->
                                email.equals(identity.email())
                                        && isTrue(identity, "email_verified"));
    }

    /// The same of the phone number, where `auth.sms.autoconfirm` asks nobody.
    public static boolean isPhoneProved(Account account) {
        String phone = account.contact().phone();
        return phone != null
                && account.contact().phoneConfirmedAt() != null
                && account.identities().stream()
                        .anyMatch(identity ->
                                identity.provider().equals("phone")
                                        && identity.details()
                                                .findText("phone")
                                                .equals(Optional.of(phone))
                                        && isTrue(identity, "phone_verified"));
    }

    /// Whether the account has ways in that were proved, whatever its address: they are not the
    /// address's owner's.
    public static boolean hasOtherWays(Account account) {
        return account.contact().phoneConfirmedAt() != null
                || account.identities().stream()
                        .map(Identity::provider)
                        .anyMatch(name -> !name.equals("email") && !name.equals("phone"));
    }

    private static boolean isTrue(Identity identity, String name) {
        return identity.details().find(name).equals(Optional.of(JsonBoolean.TRUE));
    }
}
