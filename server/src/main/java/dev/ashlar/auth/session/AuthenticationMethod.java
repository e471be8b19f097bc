package dev.ashlar.auth.session;

import java.time.Instant;

/// One way in which the person behind a session has proved who they are, such as `password` or
/// `totp`, and when (RFC 8176; `amr` in access tokens).
public record AuthenticationMethod(String name, Instant at) {
    /// An identity provider's word. Policies ask for its id, which stands beside in tokens.
    public static final String SAML = "sso/saml";
}
