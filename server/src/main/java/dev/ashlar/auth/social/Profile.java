package dev.ashlar.auth.social;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.StorableJson;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom a provider says that somebody is. `subject` never changes; `details` is what identities and
/// new accounts keep of it, each text cut to a bound.
public record Profile(
        String subject, Optional<EmailAddress> email, EmailStatus status, JsonObject details) {
    private static final int MAX_SUBJECT_CHARS = 255;
    private static final int MAX_CHARS = 500;

    /// Whether the provider vouches that the address is the person's.
    public enum EmailStatus {
        VERIFIED,
        UNVERIFIED;

        static EmailStatus of(boolean vouched) {
            return vouched ? VERIFIED : UNVERIFIED;
        }
    }

    public boolean hasVerifiedEmail() {
        return email.isPresent() && status == EmailStatus.VERIFIED;
    }

    /// What providers tell of people, each null where one does not.
    record Told(
            String issuer,
            @Nullable String subject,
            @Nullable String email,
            EmailStatus status,
            @Nullable String name,
            @Nullable String userName,
            @Nullable String picture) {}

    /// Throws [SocialFailure] when there is no subject. An address that is none counts as absent.
    static Profile of(Told told) throws SocialFailure {
        String subject = told.subject();
        if (subject == null || !isText(subject) || subject.length() > MAX_SUBJECT_CHARS) {
            throw SocialFailure.badAnswer("the provider told no subject");
        }
        Optional<EmailAddress> email = address(told.email());
        boolean vouched = email.isPresent() && told.status() == EmailStatus.VERIFIED;
        JsonObjectBuilder details =
                new JsonObjectBuilder()
                        .put("iss", told.issuer())
                        .put("sub", subject)
                        .put("provider_id", subject)
                        .put("email_verified", vouched)
                        .put("phone_verified", false)
                        .putIfPresent("email", email.map(EmailAddress::text).orElse(null));
        put(details, told.name(), "name", "full_name");
        put(details, told.userName(), "user_name", "preferred_username");
        put(details, told.picture(), "picture", "avatar_url");
        return new Profile(subject, email, EmailStatus.of(vouched), details.build());
    }

    /// Whether whoever vouches is who vouched for an identity that was kept with `known`. Of own
    /// APIs the host counts: other products write more of the address, or less.
    public boolean isOfIssuerOf(JsonObject known, Provider provider) {
        Optional<String> before = known.findText("iss").filter(text -> !text.isBlank());
        return before.isEmpty()
                || issuer(before.get(), provider)
                        .equals(issuer(details.findText("iss").orElse(""), provider));
    }

    /// Google writes its issuer with and without the scheme, others with a slash at the end.
    private static String issuer(String text, Provider provider) {
        String bare = text.replaceFirst("^https://", "").replaceFirst("/+$", "");
        return provider.protocol() instanceof Provider.OAuth
                ? bare.replaceFirst("^http://", "").replaceFirst("/.*$", "")
                : bare;
    }

    /// With the name that came beside the tokens, if the profile has none.
    public Profile withName(String name) {
        JsonObjectBuilder all = new JsonObjectBuilder();
        details.members().forEach(all::put);
        if (details.findText("name").isEmpty()) {
            put(all, name, "name", "full_name");
        }
        return new Profile(subject, email, status, all.build());
    }

    private static void put(JsonObjectBuilder details, @Nullable String text, String... names) {
        if (text == null || !isText(text) || text.length() > MAX_CHARS) {
            return;
        }
        for (String name : names) {
            details.put(name, text);
        }
    }

    /// More than white space, and nothing that the database cannot hold.
    private static boolean isText(String text) {
        return !text.isBlank() && StorableJson.findFault(new JsonString(text)).isEmpty();
    }

    private static Optional<EmailAddress> address(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(found -> !found.isBlank())
                    .map(EmailAddress::parse);
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }
}
