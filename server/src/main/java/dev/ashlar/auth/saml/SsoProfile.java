package dev.ashlar.auth.saml;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.UserMetadata;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/// The person that an assertion speaks of. `subject` is the identity provider's lasting name for
/// them, `details` what stands in the identity and the user metadata.
public record SsoProfile(String subject, EmailAddress email, JsonObject details) {
    private static final int MAX_SUBJECT_CHARS = 1_000;

    /// Names that last (SAML subject identifier attributes profile 1.0), where NameID does not.
    private static final List<String> SUBJECTS =
            List.of(
                    "urn:oasis:names:tc:SAML:attribute:subject-id",
                    "urn:oasis:names:tc:SAML:attribute:pairwise-id");

    /// Where identity providers put the address: LDAP's mail (RFC 4524, section 2.16), that of
    /// Active Directory, and plain names.
    private static final List<String> ADDRESSES =
            List.of(
                    "urn:oid:0.9.2342.19200300.100.1.3",
                    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                    "mail",
                    "email",
                    "emailAddress",
                    "Email");

    public static SsoProfile of(Assertion assertion, AttributeMapping mapping, String issuer)
            throws SamlFailure {
        String subject = subject(assertion);
        EmailAddress email = email(assertion, mapping);
        JsonObjectBuilder details =
                new JsonObjectBuilder()
                        .put("iss", issuer)
                        .put("sub", subject)
                        .put("email", email.text())
                        .put("email_verified", true)
                        .put("phone_verified", false);
        JsonObject claims = mapping.claims(assertion);
        if (!claims.members().isEmpty()) {
            details.put("custom_claims", claims);
        }
        return new SsoProfile(subject, email, bounded(details.build()));
    }

    /// What an account carries in its tokens has a bound.
    private static JsonObject bounded(JsonObject details) throws SamlFailure {
        try {
            return UserMetadata.requireSmall(details);
        } catch (ProblemException _) {
            throw SamlFailure.invalid(
                    "the attributes that attribute_mapping asks for are larger than 4 KB");
        }
    }

    private static String subject(Assertion assertion) throws SamlFailure {
        return assertion
                .name()
                .filter(name -> !name.isPassing())
                .map(Assertion.NameId::text)
                .or(() ->
                        SUBJECTS.stream()
                                .flatMap(name -> assertion.values(name).stream())
                                .findFirst())
                .filter(text -> text.length() <= MAX_SUBJECT_CHARS)
                .orElseThrow(() ->
                        new SamlFailure(
                                ErrorCode.SAML_ASSERTION_NO_USER_ID,
                                "the assertion has no lasting name for the person"));
    }

    private static EmailAddress email(Assertion assertion, AttributeMapping mapping)
            throws SamlFailure {
        Optional<String> text =
                mapping.email(assertion)
                        .or(() ->
                                ADDRESSES.stream()
                                        .flatMap(name -> assertion.values(name).stream())
                                        .findFirst())
                        .or(() ->
                                assertion
                                        .name()
                                        .filter(name -> name.format().equals(SamlNames.EMAIL))
                                        .map(Assertion.NameId::text));
        try {
            return EmailAddress.parse(text.orElse(""));
        } catch (ProblemException _) {
            throw new SamlFailure(
                    ErrorCode.SAML_ASSERTION_NO_EMAIL,
                    "the assertion has no e-mail address of the person");
        }
    }
}
