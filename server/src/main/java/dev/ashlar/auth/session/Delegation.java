package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.Account.Metadata;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// That a session was given to an OAuth client by the person whose account it is (RFC 6749, 1.1).
/// `scope` is words with blanks between (3.3); `resource` is whom its tokens are for beside us (RFC
/// 8707).
public record Delegation(UUID clientId, String scope, Optional<String> resource) {

    public boolean covers(String word) {
        return List.of(scope.split(" ")).contains(word);
    }

    /// The account as far as the client may know it: scopes are `email`, `phone` and `profile`
    /// (OpenID Connect Core 1.0, 5.4). Identities tell of all three; factors are nobody's business.
    public Account limited(Account account) {
        boolean email = covers("email");
        boolean phone = covers("phone");
        boolean profile = covers("profile");
        Contact known = account.contact();
        Contact contact =
                new Contact(
                        email ? known.email() : null,
                        email ? known.emailConfirmedAt() : null,
                        phone ? known.phone() : null,
                        phone ? known.phoneConfirmedAt() : null,
                        null,
                        null);
        return new Account(
                account.id(),
                account.audience(),
                account.role(),
                contact,
                new Metadata(
                        account.metadata().app(),
                        profile ? account.metadata().user() : JsonObject.EMPTY),
                account.moments(),
                email && phone && profile ? account.identities() : List.of(),
                account.kind());
    }

    /// With fewer scopes.
    public Delegation withScope(String narrower) {
        return new Delegation(clientId, narrower, resource);
    }
}
