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
    CONTENT_TYPE_UNSUPPORTED("PGRST102", "bad_json", 415, Blame.CALLER),
    EMBED_NOT_SELECTED("PGRST108", null, 400, Blame.CALLER),
    LIMIT_WITHOUT_ORDER("PGRST109", null, 400, Blame.CALLER),
    PUT_WITH_PAGE("PGRST114", null, 400, Blame.CALLER),
    PUT_KEY_MISMATCH("PGRST115", null, 400, Blame.CALLER),
    NOT_SINGULAR("PGRST116", null, 406, Blame.CALLER),
    METHOD_UNSUPPORTED("PGRST117", null, 405, Blame.CALLER),
    ORDER_NOT_TO_ONE("PGRST118", null, 400, Blame.CALLER),
    SPREAD_NOT_TO_ONE("PGRST119", null, 400, Blame.CALLER),
    EMBED_FILTER_UNSUPPORTED("PGRST120", null, 400, Blame.CALLER),
    PREFERENCE_INVALID("PGRST122", null, 400, Blame.CALLER),
    AGGREGATES_DISABLED("PGRST123", null, 400, Blame.CALLER),
    MAX_AFFECTED_EXCEEDED("PGRST124", null, 400, Blame.CALLER),
    PATH_INVALID("PGRST125", "not_found", 404, Blame.CALLER),
    FEATURE_UNSUPPORTED("PGRST127", null, 400, Blame.CALLER),

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
