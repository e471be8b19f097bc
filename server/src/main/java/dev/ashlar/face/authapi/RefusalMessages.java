package dev.ashlar.face.authapi;

import dev.ashlar.problem.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The sentence of each refusal that is its code and nothing more.
final class RefusalMessages {
    private static final List<Function<ErrorCode, @Nullable String>> GROUPS =
            List.of(
                    RefusalMessages::switchedOff,
                    RefusalMessages::addresses,
                    RefusalMessages::flows,
                    RefusalMessages::singleSignOn,
                    RefusalMessages::factors,
                    RefusalMessages::provider,
                    RefusalMessages::hooks,
                    RefusalMessages::cookies);

    private RefusalMessages() {}

    static String of(ErrorCode code) {
        return GROUPS.stream()
                .map(group -> group.apply(code))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(code + " is not refused this way"));
    }

    private static @Nullable String cookies(ErrorCode code) {
        return switch (code) {
            case SESSION_COOKIE_OVER -> "The session of the cookie has ended, please sign in";
            case CSRF_TOKEN_INVALID ->
                    "X-CSRF-Token must be the token that GET /auth/v1/session gives";
            case ORIGIN_NOT_ALLOWED ->
                    "Cookies are taken from pages of this origin and of http.cors-origins only";
            default -> null;
        };
    }

    private static @Nullable String switchedOff(ErrorCode code) {
        return switch (code) {
            case EMAIL_PROVIDER_DISABLED -> "Email logins are disabled";
            case OTP_DISABLED -> "Signups not allowed for otp";
            case PROVIDER_DISABLED -> "This provider is not enabled";
            case MANUAL_LINKING_DISABLED -> "Manual linking is disabled";
            case SAML_PROVIDER_DISABLED -> "SAML 2.0 is disabled";
            case WEB3_PROVIDER_DISABLED -> "Web3 provider is disabled";
            case PASSKEYS_DISABLED -> "Passkeys are disabled";
            case OAUTH_SERVER_DISABLED -> "The OAuth server is disabled";
            case OAUTH_REGISTRATION_DISABLED -> "Clients cannot register themselves here";
            default -> null;
        };
    }

    private static @Nullable String addresses(ErrorCode code) {
        return switch (code) {
            case EMAIL_ADDRESS_INVALID -> "Email address is invalid";
            case EMAIL_ADDRESS_NOT_AUTHORIZED ->
                    "Email address cannot be used as it is not authorized";
            case EMAIL_ADDRESS_NOT_PROVIDED -> "An email address is needed";
            case PHONE_EXISTS -> "A user with this phone number has already been registered";
            case PHONE_NOT_CONFIRMED -> "Phone not confirmed";
            case OTP_EXPIRED -> "Token has expired or is invalid";
            case INVITE_NOT_FOUND -> "Invite not found";
            case REAUTHENTICATION_NEEDED -> "This requires reauthentication";
            case REAUTHENTICATION_NOT_VALID -> "Nonce has expired or is invalid";
            case REAUTHENTICATION_NONCE_MISSING ->
                    "A nonce is needed: ask for one at /reauthenticate";
            case CURRENT_PASSWORD_REQUIRED -> "Current password required when setting new password";
            case CURRENT_PASSWORD_MISMATCH -> "Current password is not right";
            case SMS_SEND_FAILED -> "The message could not be sent";
            default -> null;
        };
    }

    private static @Nullable String flows(ErrorCode code) {
        return switch (code) {
            case FLOW_STATE_NOT_FOUND -> "invalid flow state, no valid flow state found";
            case FLOW_STATE_EXPIRED -> "invalid flow state, flow state has expired";
            case BAD_CODE_VERIFIER ->
                    "code challenge does not match previously saved code verifier";
            case BAD_OAUTH_STATE -> "OAuth state is invalid";
            case BAD_OAUTH_CALLBACK -> "OAuth callback is incomplete";
            case OAUTH_PROVIDER_NOT_SUPPORTED -> "Unsupported provider: provider is not enabled";
            case PROVIDER_EMAIL_NEEDS_VERIFICATION ->
                    "Unverified email with this provider: a confirmation was sent to it";
            case REQUEST_TIMEOUT -> "The provider cannot be reached at the moment";
            case UNEXPECTED_AUDIENCE -> "Unacceptable audience in token";
            case IDENTITY_NOT_FOUND -> "Identity not found";
            case IDENTITY_ALREADY_EXISTS -> "Identity is already linked to another user";
            case SINGLE_IDENTITY_NOT_DELETABLE ->
                    "User must have at least 1 identity after unlinking";
            case EMAIL_CONFLICT_IDENTITY_NOT_DELETABLE ->
                    "Unable to unlink identity due to an email conflict";
            case WEB3_UNSUPPORTED_CHAIN -> "Unsupported chain";
            default -> null;
        };
    }

    private static @Nullable String singleSignOn(ErrorCode code) {
        return switch (code) {
            case SSO_PROVIDER_NOT_FOUND -> "No such SSO provider";
            case SSO_DOMAIN_ALREADY_EXISTS ->
                    "SSO Domain is already assigned to an SSO identity provider";
            case SAML_IDP_ALREADY_EXISTS ->
                    "SAML Identity Provider with this EntityID already exists";
            case SAML_IDP_NOT_FOUND ->
                    "A SAML connection has not been established with this Identity Provider";
            case SAML_ENTITY_ID_MISMATCH ->
                    "The EntityID of a SAML Identity Provider cannot be changed";
            case SAML_METADATA_FETCH_FAILED -> "SAML metadata could not be fetched";
            case SAML_ASSERTION_NO_USER_ID ->
                    "SAML Assertion did not contain a persistent Subject Identifier";
            case SAML_ASSERTION_NO_EMAIL -> "SAML Assertion does not contain an email address";
            case SAML_RELAY_STATE_NOT_FOUND ->
                    "SAML RelayState does not exist, try logging in again";
            case SAML_RELAY_STATE_EXPIRED -> "SAML RelayState has expired, try logging in again";
            case USER_SSO_MANAGED ->
                    "Updating email, phone, password of a SSO account is not possible";
            default -> null;
        };
    }

    private static @Nullable String factors(ErrorCode code) {
        return switch (code) {
            case MFA_FACTOR_NOT_FOUND -> "Factor not found";
            case MFA_FACTOR_NAME_CONFLICT -> "A factor with this friendly name already exists";
            case MFA_VERIFIED_FACTOR_EXISTS ->
                    "A verified factor of this kind already exists, unenroll it first";
            case TOO_MANY_MFA_FACTORS ->
                    "Maximum number of enrolled factors reached, unenroll one first";
            case MFA_CHALLENGE_EXPIRED ->
                    "MFA challenge has expired, verify against another challenge or create a new one";
            case MFA_IP_ADDRESS_MISMATCH ->
                    "Challenge and verify must come from the same IP address";
            case MFA_VERIFICATION_FAILED -> "Invalid MFA code entered";
            case MFA_VERIFICATION_REJECTED -> "MFA verification was rejected";
            case MFA_TOTP_ENROLL_NOT_ENABLED -> "MFA enroll is disabled for TOTP";
            case MFA_TOTP_VERIFY_NOT_ENABLED -> "MFA verification is disabled for TOTP";
            case MFA_PHONE_ENROLL_NOT_ENABLED -> "MFA enroll is disabled for phone";
            case MFA_PHONE_VERIFY_NOT_ENABLED -> "MFA verification is disabled for phone";
            case MFA_WEBAUTHN_ENROLL_NOT_ENABLED -> "MFA enroll is disabled for WebAuthn";
            case MFA_WEBAUTHN_VERIFY_NOT_ENABLED -> "MFA verification is disabled for WebAuthn";
            case INSUFFICIENT_AAL -> "AAL2 is required for this: verify a second factor first";
            case WEBAUTHN_CHALLENGE_NOT_FOUND -> "WebAuthn challenge not found";
            case WEBAUTHN_CHALLENGE_EXPIRED -> "WebAuthn challenge has expired";
            case WEBAUTHN_VERIFICATION_FAILED -> "WebAuthn verification failed";
            case WEBAUTHN_CREDENTIAL_EXISTS -> "This passkey is already registered";
            case WEBAUTHN_CREDENTIAL_NOT_FOUND -> "Passkey not found";
            case TOO_MANY_PASSKEYS -> "Maximum number of passkeys reached, delete one first";
            default -> null;
        };
    }

    private static @Nullable String provider(ErrorCode code) {
        return switch (code) {
            case OAUTH_CLIENT_NOT_FOUND -> "OAuth client not found";
            case OAUTH_AUTHORIZATION_NOT_FOUND -> "OAuth authorization not found";
            case OAUTH_GRANT_NOT_FOUND -> "OAuth grant not found";
            case OAUTH_CONSENT_NOT_FOUND -> "OAuth consent not found";
            case OAUTH_INVALID_STATE -> "The authorization was answered before or has expired";
            case INSUFFICIENT_SCOPE ->
                    "Tokens of OAuth clients cannot be used here, only the person's own session";
            case CUSTOM_PROVIDER_NOT_FOUND -> "Custom provider not found";
            case CUSTOM_PROVIDER_EXISTS -> "A custom provider with this identifier already exists";
            case TOO_MANY_CUSTOM_PROVIDERS ->
                    "Maximum number of custom providers reached, delete one first";
            case SIGNING_KEY_NOT_FOUND -> "Signing key not found";
            case CONFLICT -> "The same thing was changed at the same time, please retry";
            default -> null;
        };
    }

    private static @Nullable String hooks(ErrorCode code) {
        return switch (code) {
            case HOOK_TIMEOUT -> "Failed to reach hook within maximum time";
            case HOOK_TIMEOUT_AFTER_RETRY -> "Failed to reach hook after maximum retries";
            case HOOK_PAYLOAD_OVER_SIZE_LIMIT -> "Payload of the hook exceeds the size limit";
            case HOOK_PAYLOAD_INVALID_CONTENT_TYPE ->
                    "Invalid JSON response: the hook must answer with Content-Type application/json";
            default -> null;
        };
    }
}
