package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings under which statements run, and the statements that set them.
final class SessionSettings {
    static final SqlStatement BEGIN_READ_ONLY = SqlText.of("begin read only");
    static final SqlStatement BEGIN_READ_WRITE = SqlText.of("begin read write");
    static final SqlStatement COMMIT = SqlText.of("commit");
    static final SqlStatement ROLLBACK = SqlText.of("rollback");

    /// Claims alone, for the transaction: on connections that already have the role.
    static final SqlStatement CLAIMS =
            SqlText.of("select set_config('request.jwt.claims', $1, true)");

    /// Everything a transaction depends on, for the transaction, whatever code run earlier in the
    /// session may have left behind. The role is last: setting the rest must not need its rights.
    /// `search_path` is set only where it differs, since PostgreSQL 18 reports every change of it
    /// to the client.
    static final SqlStatement ALL =
            SqlText.of(
                    """
                    select case when current_setting('search_path') is distinct from $1
                                then set_config('search_path', $1, true) end,
                           set_config('statement_timeout', $2, true),
                           set_config('request.jwt.claims', $3, true),
                           set_config('role', $4, true)\
                    """);

    /// Without a change of role: the domains log in as themselves.
    static final SqlStatement OWN_ROLE =
            SqlText.of(
                    """
                    select case when current_setting('search_path') is distinct from $1
                                then set_config('search_path', $1, true) end,
                           set_config('statement_timeout', $2, true)\
                    """);

    private final String searchPath;
    private final String statementTimeout;
    private final String anonymousTimeout;

    SessionSettings(PostgresConfig config) {
        searchPath =
                config.searchPath().stream()
                        .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(", "));
        statementTimeout = Long.toString(config.statementTimeout().toMillis());
        anonymousTimeout =
                Long.toString(
                        Math.min(
                                config.statementTimeout().toMillis(),
                                config.anonymousStatementTimeout().toMillis()));
    }

    static SqlStatement begin(Access access) {
        return switch (access) {
            case READ_ONLY -> BEGIN_READ_ONLY;
            case READ_WRITE -> BEGIN_READ_WRITE;
        };
    }

    /// For the values of [#ALL].
    List<@Nullable Object> all(Caller caller) {
        return List.of(searchPath, timeout(caller), caller.claims().json(), caller.role().name());
    }

    private String timeout(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> anonymousTimeout;
            case Caller.Bearer _ -> statementTimeout;
        };
    }

    /// For the values of [#OWN_ROLE].
    List<@Nullable Object> ownRoleValues() {
        return List.of(searchPath, statementTimeout);
    }

    /// Once per session of a read lane, before its role is taken.
    SqlStatement readSession(LaneKey key) {
        return SqlText.of(
                """
                select set_config('search_path', $1, false),
                       set_config('statement_timeout', $2, false),
                       set_config('request.jwt.claims', $3, false),
                       set_config('default_transaction_read_only', 'on', false)\
                """,
                searchPath,
                switch (key.style()) {
                    case ALONE -> anonymousTimeout;
                    case ROLLED_BACK -> statementTimeout;
                },
                key.sessionClaims());
    }

    /// Once per session that serves any role.
    SqlStatement anySession() {
        return SqlText.of(
                """
                select set_config('search_path', $1, false),
                       set_config('default_transaction_read_only', 'on', false)\
                """,
                searchPath);
    }

    /// SET takes no parameters, so the name is quoted into the text.
    static SqlStatement takeRole(Role role) {
        return new SqlText().sql("set role ").identifier(role.name()).build();
    }
}
