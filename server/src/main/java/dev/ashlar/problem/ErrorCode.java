package dev.ashlar.problem;

import org.jspecify.annotations.Nullable;

/// Every way a request can fail, with its stable code in each dialect and its HTTP status.
///
/// `pgrst` is the code of the data API (PostgREST's reference, "Errors"), `word` the code of the
/// sign-in dialect. Codes are never reused: a retired one stays in the list.
public enum ErrorCode {
    // The data API: reaching the database.
    DATABASE_UNREACHABLE("PGRST000", "database_unreachable", 503, Blame.SERVER),
    DATABASE_CONNECTION_FAILED("PGRST001", "database_unreachable", 503, Blame.SERVER),
    CATALOG_NOT_LOADED("PGRST002", "catalog_not_loaded", 503, Blame.SERVER),
    DATABASE_BUSY("PGRST003", "request_timeout", 504, Blame.SERVER),

    // The data API: the request as written.
    QUERY_MALFORMED("PGRST100", "validation_failed", 400, Blame.CALLER),
    ROUTINE_METHOD("PGRST101", null, 405, Blame.CALLER),
    BODY_MALFORMED("PGRST102", "bad_json", 400, Blame.CALLER),
    RANGE_UNSATISFIABLE("PGRST103", null, 416, Blame.CALLER),
    PUT_MALFORMED("PGRST105", null, 405, Blame.CALLER),
    SCHEMA_NOT_EXPOSED("PGRST106", null, 406, Blame.CALLER),
    MEDIA_TYPE_NOT_ACCEPTABLE("PGRST107", null, 406, Blame.CALLER),
    CONTENT_TYPE_UNSUPPORTED("PGRST102", "bad_json", 400, Blame.CALLER),
    EMBED_NOT_SELECTED("PGRST108", null, 400, Blame.CALLER),
    LIMIT_WITHOUT_ORDER("PGRST109", null, 400, Blame.CALLER),
    RESPONSE_HEADERS_INVALID("PGRST111", null, 500, Blame.SERVER),
    RESPONSE_STATUS_INVALID("PGRST112", null, 500, Blame.SERVER),
    PUT_WITH_PAGE("PGRST114", null, 400, Blame.CALLER),
    PUT_KEY_MISMATCH("PGRST115", null, 400, Blame.CALLER),
    NOT_SINGULAR("PGRST116", null, 406, Blame.CALLER),
    /// Ours, for pages behind a row.
    CURSOR_UNUSABLE("ASHLAR400", null, 400, Blame.CALLER),
    /// Ours, for questions about policies.
    EXPLAIN_REFUSED("ASHLAR403", null, 403, Blame.CALLER),
    EXPLAIN_UNUSABLE("ASHLAR400", null, 400, Blame.CALLER),
    /// Ours, for addresses of single rows and for entity tags, which the dialect has not.
    ROW_NOT_FOUND("ASHLAR404", null, 404, Blame.CALLER),
    PRECONDITION_FAILED("ASHLAR412", null, 412, Blame.CALLER),
    METHOD_UNSUPPORTED("PGRST117", null, 405, Blame.CALLER),
    ORDER_NOT_TO_ONE("PGRST118", null, 400, Blame.CALLER),
    /// Retired: spreads of many rows are arrays now.
    SPREAD_NOT_TO_ONE("PGRST119", null, 400, Blame.CALLER),
    EMBED_FILTER_UNSUPPORTED("PGRST120", null, 400, Blame.CALLER),
    RAISE_MALFORMED("PGRST121", null, 500, Blame.SERVER),
    PREFERENCE_INVALID("PGRST122", null, 400, Blame.CALLER),
    AGGREGATES_DISABLED("PGRST123", null, 400, Blame.CALLER),
    MAX_AFFECTED_EXCEEDED("PGRST124", null, 400, Blame.CALLER),
    PATH_INVALID("PGRST125", "not_found", 404, Blame.CALLER),
    ROOT_DISABLED("PGRST126", "not_found", 404, Blame.CALLER),
    FEATURE_UNSUPPORTED("PGRST127", null, 400, Blame.CALLER),
    MAX_AFFECTED_OF_ONE("PGRST128", null, 400, Blame.CALLER),
    TIME_ZONE_TOO_LONG("PGRST129", null, 400, Blame.CALLER),

    // The data API: names.
    RELATIONSHIP_UNKNOWN("PGRST200", null, 400, Blame.CALLER),
    RELATIONSHIP_AMBIGUOUS("PGRST201", null, 300, Blame.CALLER),
    ROUTINE_UNKNOWN("PGRST202", null, 404, Blame.CALLER),
    ROUTINE_AMBIGUOUS("PGRST203", null, 300, Blame.CALLER),
    COLUMN_UNKNOWN("PGRST204", null, 400, Blame.CALLER),
    TABLE_UNKNOWN("PGRST205", null, 404, Blame.CALLER),

    // Tokens, as the data API says it.
    TOKEN_SECRET_MISSING("PGRST300", "unexpected_failure", 500, Blame.SERVER),
    TOKEN_INVALID("PGRST301", "bad_jwt", 401, Blame.CALLER),
    ANONYMOUS_DISABLED("PGRST302", "no_authorization", 401, Blame.CALLER),
    TOKEN_CLAIMS_INVALID("PGRST303", "bad_jwt", 401, Blame.CALLER),

    // Sign-in: who is asking.
    TOKEN_MISSING(null, "no_authorization", 401, Blame.CALLER),
    ADMIN_REQUIRED(null, "not_admin", 403, Blame.CALLER),
    SESSION_NOT_FOUND(null, "session_not_found", 403, Blame.CALLER),
    /// Ours, for browsers that are signed in by a cookie.
    SESSION_COOKIE_OVER("PGRST301", "session_not_found", 401, Blame.CALLER),
    CSRF_TOKEN_INVALID("ASHLAR403", "csrf_token_invalid", 403, Blame.CALLER),
    ORIGIN_NOT_ALLOWED("ASHLAR403", "origin_not_allowed", 403, Blame.CALLER),
    SESSION_EXPIRED(null, "session_expired", 400, Blame.CALLER),
    USER_OF_TOKEN_GONE(null, "user_not_found", 403, Blame.CALLER),
    USER_NOT_FOUND(null, "user_not_found", 404, Blame.CALLER),
    USER_BANNED(null, "user_banned", 400, Blame.CALLER),

    // Sign-in: what is asked.
    VALIDATION_FAILED(null, "validation_failed", 400, Blame.CALLER),
    GRANT_UNSUPPORTED(null, "unsupported_grant_type", 400, Blame.CALLER),
    CREDENTIALS_INVALID(null, "invalid_credentials", 400, Blame.CALLER),
    EMAIL_NOT_CONFIRMED(null, "email_not_confirmed", 400, Blame.CALLER),
    REFRESH_TOKEN_NOT_FOUND(null, "refresh_token_not_found", 400, Blame.CALLER),
    REFRESH_TOKEN_ALREADY_USED(null, "refresh_token_already_used", 400, Blame.CALLER),
    USER_ALREADY_EXISTS(null, "user_already_exists", 422, Blame.CALLER),
    EMAIL_EXISTS(null, "email_exists", 422, Blame.CALLER),
    WEAK_PASSWORD(null, "weak_password", 422, Blame.CALLER),
    SAME_PASSWORD(null, "same_password", 422, Blame.CALLER),
    SIGNUP_DISABLED(null, "signup_disabled", 422, Blame.CALLER),
    ANONYMOUS_PROVIDER_DISABLED(null, "anonymous_provider_disabled", 422, Blame.CALLER),
    PHONE_PROVIDER_DISABLED(null, "phone_provider_disabled", 400, Blame.CALLER),

    // Sign-in: what is switched off.
    EMAIL_PROVIDER_DISABLED(null, "email_provider_disabled", 422, Blame.CALLER),
    OTP_DISABLED(null, "otp_disabled", 422, Blame.CALLER),
    PROVIDER_DISABLED(null, "provider_disabled", 422, Blame.CALLER),
    MANUAL_LINKING_DISABLED(null, "manual_linking_disabled", 404, Blame.CALLER),
    SAML_PROVIDER_DISABLED(null, "saml_provider_disabled", 404, Blame.CALLER),
    WEB3_PROVIDER_DISABLED(null, "web3_provider_disabled", 422, Blame.CALLER),
    PASSKEYS_DISABLED(null, "passkey_disabled", 404, Blame.CALLER),
    OAUTH_SERVER_DISABLED(null, "oauth_server_disabled", 404, Blame.CALLER),
    OAUTH_REGISTRATION_DISABLED(
            null, "oauth_dynamic_client_registration_disabled", 403, Blame.CALLER),

    // Sign-in: addresses, codes and links.
    EMAIL_ADDRESS_INVALID(null, "email_address_invalid", 400, Blame.CALLER),
    EMAIL_ADDRESS_NOT_AUTHORIZED(null, "email_address_not_authorized", 400, Blame.CALLER),
    EMAIL_ADDRESS_NOT_PROVIDED(null, "email_address_not_provided", 400, Blame.CALLER),
    PHONE_EXISTS(null, "phone_exists", 422, Blame.CALLER),
    PHONE_NOT_CONFIRMED(null, "phone_not_confirmed", 400, Blame.CALLER),
    OTP_EXPIRED(null, "otp_expired", 403, Blame.CALLER),
    INVITE_NOT_FOUND(null, "invite_not_found", 404, Blame.CALLER),
    REAUTHENTICATION_NEEDED(null, "reauthentication_needed", 400, Blame.CALLER),
    REAUTHENTICATION_NOT_VALID(null, "reauthentication_not_valid", 422, Blame.CALLER),
    REAUTHENTICATION_NONCE_MISSING(null, "reauth_nonce_missing", 422, Blame.CALLER),
    CURRENT_PASSWORD_REQUIRED(null, "current_password_required", 400, Blame.CALLER),
    CURRENT_PASSWORD_MISMATCH(null, "current_password_mismatch", 400, Blame.CALLER),
    OVER_EMAIL_SEND_RATE_LIMIT(null, "over_email_send_rate_limit", 429, Blame.CALLER),
    OVER_SMS_SEND_RATE_LIMIT(null, "over_sms_send_rate_limit", 429, Blame.CALLER),
    SMS_SEND_FAILED(null, "sms_send_failed", 422, Blame.CALLER),
    CAPTCHA_FAILED(null, "captcha_failed", 400, Blame.CALLER),

    // Sign-in: flows through other pages.
    FLOW_STATE_NOT_FOUND(null, "flow_state_not_found", 404, Blame.CALLER),
    FLOW_STATE_EXPIRED(null, "flow_state_expired", 403, Blame.CALLER),
    BAD_CODE_VERIFIER(null, "bad_code_verifier", 400, Blame.CALLER),
    BAD_OAUTH_STATE(null, "bad_oauth_state", 400, Blame.CALLER),
    BAD_OAUTH_CALLBACK(null, "bad_oauth_callback", 400, Blame.CALLER),
    OAUTH_PROVIDER_NOT_SUPPORTED(null, "oauth_provider_not_supported", 400, Blame.CALLER),
    PROVIDER_EMAIL_NEEDS_VERIFICATION(null, "provider_email_needs_verification", 403, Blame.CALLER),
    UNEXPECTED_AUDIENCE(null, "unexpected_audience", 400, Blame.CALLER),
    IDENTITY_NOT_FOUND(null, "identity_not_found", 404, Blame.CALLER),
    IDENTITY_ALREADY_EXISTS(null, "identity_already_exists", 422, Blame.CALLER),
    SINGLE_IDENTITY_NOT_DELETABLE(null, "single_identity_not_deletable", 422, Blame.CALLER),
    EMAIL_CONFLICT_IDENTITY_NOT_DELETABLE(
            null, "email_conflict_identity_not_deletable", 422, Blame.CALLER),
    WEB3_UNSUPPORTED_CHAIN(null, "web3_unsupported_chain", 400, Blame.CALLER),

    // Sign-in: single sign-on.
    SSO_PROVIDER_NOT_FOUND(null, "sso_provider_not_found", 404, Blame.CALLER),
    SSO_DOMAIN_ALREADY_EXISTS(null, "sso_domain_already_exists", 422, Blame.CALLER),
    SAML_IDP_ALREADY_EXISTS(null, "saml_idp_already_exists", 422, Blame.CALLER),
    SAML_IDP_NOT_FOUND(null, "saml_idp_not_found", 404, Blame.CALLER),
    SAML_ENTITY_ID_MISMATCH(null, "saml_entity_id_mismatch", 400, Blame.CALLER),
    SAML_METADATA_FETCH_FAILED(null, "saml_metadata_fetch_failed", 400, Blame.CALLER),
    SAML_ASSERTION_NO_USER_ID(null, "saml_assertion_no_user_id", 400, Blame.CALLER),
    SAML_ASSERTION_NO_EMAIL(null, "saml_assertion_no_email", 400, Blame.CALLER),
    SAML_RELAY_STATE_NOT_FOUND(null, "saml_relay_state_not_found", 404, Blame.CALLER),
    SAML_RELAY_STATE_EXPIRED(null, "saml_relay_state_expired", 403, Blame.CALLER),
    USER_SSO_MANAGED(null, "user_sso_managed", 422, Blame.CALLER),

    // Sign-in: second factors and passkeys.
    MFA_FACTOR_NOT_FOUND(null, "mfa_factor_not_found", 404, Blame.CALLER),
    MFA_FACTOR_NAME_CONFLICT(null, "mfa_factor_name_conflict", 422, Blame.CALLER),
    MFA_VERIFIED_FACTOR_EXISTS(null, "mfa_verified_factor_exists", 422, Blame.CALLER),
    TOO_MANY_MFA_FACTORS(null, "too_many_enrolled_mfa_factors", 422, Blame.CALLER),
    MFA_CHALLENGE_EXPIRED(null, "mfa_challenge_expired", 422, Blame.CALLER),
    MFA_IP_ADDRESS_MISMATCH(null, "mfa_ip_address_mismatch", 422, Blame.CALLER),
    MFA_VERIFICATION_FAILED(null, "mfa_verification_failed", 422, Blame.CALLER),
    MFA_VERIFICATION_REJECTED(null, "mfa_verification_rejected", 403, Blame.CALLER),
    MFA_TOTP_ENROLL_NOT_ENABLED(null, "mfa_totp_enroll_not_enabled", 422, Blame.CALLER),
    MFA_TOTP_VERIFY_NOT_ENABLED(null, "mfa_totp_verify_not_enabled", 422, Blame.CALLER),
    MFA_PHONE_ENROLL_NOT_ENABLED(null, "mfa_phone_enroll_not_enabled", 422, Blame.CALLER),
    MFA_PHONE_VERIFY_NOT_ENABLED(null, "mfa_phone_verify_not_enabled", 422, Blame.CALLER),
    MFA_WEBAUTHN_ENROLL_NOT_ENABLED(null, "mfa_webauthn_enroll_not_enabled", 422, Blame.CALLER),
    MFA_WEBAUTHN_VERIFY_NOT_ENABLED(null, "mfa_webauthn_verify_not_enabled", 422, Blame.CALLER),
    INSUFFICIENT_AAL(null, "insufficient_aal", 403, Blame.CALLER),
    WEBAUTHN_CHALLENGE_NOT_FOUND(null, "webauthn_challenge_not_found", 400, Blame.CALLER),
    WEBAUTHN_CHALLENGE_EXPIRED(null, "webauthn_challenge_expired", 400, Blame.CALLER),
    WEBAUTHN_VERIFICATION_FAILED(null, "webauthn_verification_failed", 400, Blame.CALLER),
    WEBAUTHN_CREDENTIAL_EXISTS(null, "webauthn_credential_exists", 422, Blame.CALLER),
    WEBAUTHN_CREDENTIAL_NOT_FOUND(null, "webauthn_credential_not_found", 404, Blame.CALLER),
    TOO_MANY_PASSKEYS(null, "too_many_passkeys", 422, Blame.CALLER),

    // Sign-in: this server as a provider for others.
    OAUTH_CLIENT_NOT_FOUND(null, "oauth_client_not_found", 404, Blame.CALLER),
    OAUTH_AUTHORIZATION_NOT_FOUND(null, "oauth_authorization_not_found", 404, Blame.CALLER),
    OAUTH_GRANT_NOT_FOUND(null, "oauth_grant_not_found", 404, Blame.CALLER),
    OAUTH_CONSENT_NOT_FOUND(null, "oauth_consent_not_found", 404, Blame.CALLER),
    OAUTH_INVALID_STATE(null, "oauth_invalid_state", 400, Blame.CALLER),
    INSUFFICIENT_SCOPE(null, "insufficient_scope", 403, Blame.CALLER),
    CUSTOM_PROVIDER_NOT_FOUND(null, "custom_provider_not_found", 404, Blame.CALLER),
    CUSTOM_PROVIDER_EXISTS(null, "custom_provider_already_exists", 409, Blame.CALLER),
    TOO_MANY_CUSTOM_PROVIDERS(null, "over_custom_provider_quota", 400, Blame.CALLER),
    SIGNING_KEY_NOT_FOUND(null, "signing_key_not_found", 404, Blame.CALLER),
    CONFLICT(null, "conflict", 409, Blame.CALLER),

    // Sign-in: hooks.
    HOOK_TIMEOUT(null, "hook_timeout", 422, Blame.CALLER),
    HOOK_TIMEOUT_AFTER_RETRY(null, "hook_timeout_after_retry", 422, Blame.CALLER),
    HOOK_PAYLOAD_OVER_SIZE_LIMIT(null, "hook_payload_over_size_limit", 422, Blame.CALLER),
    HOOK_PAYLOAD_INVALID_CONTENT_TYPE(null, "hook_payload_invalid_content_type", 422, Blame.CALLER),

    // The database's own refusals carry their SQLSTATE; this is their place in the list.
    DATABASE_REJECTED(null, null, 400, Blame.CALLER),

    // Limits that hold on every face.
    URI_TOO_LONG("PGRST100", "request_too_large", 414, Blame.CALLER),
    HEADERS_TOO_LARGE("PGRST100", "request_too_large", 431, Blame.CALLER),
    BODY_TOO_LARGE("PGRST102", "request_too_large", 413, Blame.CALLER),
    REQUEST_TIMEOUT("PGRST003", "request_timeout", 504, Blame.SERVER),
    TOO_MANY_REQUESTS(null, "over_request_rate_limit", 429, Blame.CALLER),
    OVERLOADED("PGRST003", "request_timeout", 503, Blame.SERVER),

    NOT_FOUND("PGRST125", "not_found", 404, Blame.CALLER),
    INTERNAL("PGRSTX00", "unexpected_failure", 500, Blame.SERVER);

    /// Who can do something about it.
    public enum Blame {
        CALLER,
        SERVER
    }

    private final @Nullable String pgrst;
    private final @Nullable String word;
    private final int status;
    private final Blame blame;

    ErrorCode(@Nullable String pgrst, @Nullable String word, int status, Blame blame) {
        this.pgrst = pgrst;
        this.word = word;
        this.status = status;
        this.blame = blame;
    }

    /// The data API's code, such as `PGRST116`; null where the dialect has none.
    public @Nullable String pgrst() {
        return pgrst;
    }

    /// The sign-in dialect's code, such as `bad_jwt`; null where the dialect has none.
    public @Nullable String word() {
        return word;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    public Blame blame() {
        return blame;
    }
}
