package dev.ashlar.policy.exposure;

import java.util.Locale;

/// What can be wrong. The names are relied on by scripts: they stay. Each has a line in
/// `docs/reference/exposure.md`.
public enum FindingCode {
    /// Row-level security is off on a table that callers hold rights on.
    RLS_DISABLED,
    /// Policies were written, but row-level security is off: they do nothing.
    POLICY_WITHOUT_RLS,
    /// Callers hold rights, but no policy ever lets them use any.
    POLICY_NEVER_ALLOWS,
    /// A policy whose condition is always true lets callers at more than shared reading.
    POLICY_ALWAYS_TRUE,
    /// A policy raises an error, or needs itself to be decided.
    POLICY_FAILS,
    /// A policy believes what users may write about themselves (`user_metadata`).
    USER_METADATA_IN_POLICY,
    /// A policy goes by the e-mail address, which may change or be unproved.
    EMAIL_IN_POLICY,
    /// A function is called once per row instead of once per statement.
    PER_ROW_CALL,
    /// A policy looks rows up by columns that no index serves.
    POLICY_NEEDS_INDEX,

    /// Callers without an account can read rows.
    ANONYMOUS_READ,
    /// Callers without an account can insert, change or delete rows.
    ANONYMOUS_WRITE,
    /// Any user can read somebody else's rows.
    OTHERS_ROWS_READABLE,
    /// Any user can change or delete somebody else's rows.
    OTHERS_ROWS_WRITABLE,
    /// Any user can change or delete rows that belong to nobody.
    SHARED_ROWS_WRITABLE,
    /// Any user can insert a row in somebody else's name.
    INSERT_AS_OTHER,
    /// Any user can make an own row somebody else's.
    ROW_GIVEN_AWAY,
    /// Any user can make somebody else's row their own.
    ROW_TAKEN_OVER,

    /// Callers can read a column that looks like a secret.
    SECRET_COLUMN,
    /// Callers can read other people's addresses, numbers and the like.
    PERSONAL_COLUMN,
    /// Users can write a column that decides what they may do or own.
    PRIVILEGE_COLUMN_WRITABLE,

    /// A view reads with its owner's rights, past the policies of its tables.
    VIEW_BYPASSES_RLS,
    /// A materialized view holds rows past the policies of its tables.
    MATERIALIZED_VIEW_EXPOSED,
    /// A foreign table knows no policies.
    FOREIGN_TABLE_EXPOSED,
    /// What can be reached shows accounts (`auth.users`) to callers.
    AUTH_USERS_EXPOSED,

    /// Callers can run a function with its owner's rights.
    SECURITY_DEFINER_FUNCTION,
    /// A function with its owner's rights finds names by the caller's `search_path`.
    SEARCH_PATH_MUTABLE,
    /// Callers can run a function that reaches outside of the database.
    OUTSIDE_FUNCTION,

    /// Rights were given to PUBLIC: every role, now and later.
    GRANT_TO_PUBLIC,
    /// Callers may TRUNCATE, which no policy sees.
    TRUNCATE_GRANTED,
    /// Callers may pass their rights on.
    GRANT_OPTION,
    /// Callers may create objects in a schema that is searched or served.
    SCHEMA_CREATE,
    /// A schema of the system's own is served by the data API.
    SCHEMA_EXPOSED,
    /// What is created later will be open to callers without anybody deciding so.
    DEFAULT_PRIVILEGES_OPEN,
    /// The role of callers passes by row-level security.
    ROLE_BYPASSES_RLS,
    /// The role of callers is a member of one that may do more.
    ROLE_MEMBERSHIP,
    /// The role of callers owns a relation, so no policy holds it.
    CALLER_OWNS_RELATION,

    /// Files of a bucket can be read, listed or written by callers who should not.
    BUCKET_OPEN,
    /// A bucket takes files of any size or type.
    BUCKET_UNLIMITED,
    /// By a foreign key callers can find out about rows that they cannot see.
    FOREIGN_KEY_LEAK;

    /// As reports have it: `rls_disabled`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
