package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings under which statements run, and the statements that set them.
final class SessionSettings {
    static final SqlStatement BEGIN_READ_ONLY = SqlText.of("begin read only");
    static final SqlStatement BEGIN_READ_WRITE = SqlText.of("begin read write");
    static final SqlStatement BEGIN_READ_ONLY_REPEATABLE =
            SqlText.of("begin isolation level repeatable read read only");
    static final SqlStatement BEGIN_READ_WRITE_REPEATABLE =
            SqlText.of("begin isolation level repeatable read read write");
    static final SqlStatement BEGIN_READ_ONLY_SERIALIZABLE =
            SqlText.of("begin isolation level serializable read only");
    static final SqlStatement BEGIN_READ_WRITE_SERIALIZABLE =
            SqlText.of("begin isolation level serializable read write");
    static final SqlStatement COMMIT = SqlText.of("commit");
    static final SqlStatement ROLLBACK = SqlText.of("rollback");

    /// Claims and, where the database's code asks for it, the request, and then what else the
    /// transaction brings along: for the transaction, on connections that already have the role.
    static final SqlStatement CLAIMS =
            SqlText.of(
                    """
                    select set_config('request.jwt.claims', $1, true),
                           case when $2::text is not null then set_config('request.method', $2, true) end,
                           case when $3::text is not null then set_config('request.path', $3, true) end,
                           case when $4::text is not null then set_config('request.headers', $4, true) end,
                           case when $5::text is not null then set_config('request.cookies', $5, true) end,
                           case when $6::text is not null then
                             (select count(set_config(key, value, true)) from json_each_text($6::json)) end\
                    """);

    /// The claims alone, for callers of whom [#isBare] is true.
    static final SqlStatement BARE_CLAIMS =
            SqlText.of("select set_config('request.jwt.claims', $1, true)");

    /// Everything a transaction depends on, for the transaction, whatever code run earlier in the
    /// session may have left behind. The role comes after what must not need its rights, and before
    /// what must. `search_path` is set only where it differs, since PostgreSQL 18 reports every
    /// change of it to the client.
    static final SqlStatement ALL =
            SqlText.of(
                    """
                    select case when current_setting('search_path') is distinct from $1
                                then set_config('search_path', $1, true) end,
                           set_config('statement_timeout', $2, true),
                           set_config('request.jwt.claims', $3, true),
                           case when $4::text is not null then set_config('request.method', $4, true) end,
                           case when $5::text is not null then set_config('request.path', $5, true) end,
                           case when $6::text is not null then set_config('request.headers', $6, true) end,
                           case when $7::text is not null then set_config('request.cookies', $7, true) end,
                           set_config('role', $8, true),
                           case when $9::text is not null then
                             (select count(set_config(key, value, true)) from json_each_text($9::json)) end\
                    """);

    /// The same for callers of whom [#isBare] is true.
    static final SqlStatement BARE =
            SqlText.of(
                    """
                    select case when current_setting('search_path') is distinct from $1
                                then set_config('search_path', $1, true) end,
                           set_config('statement_timeout', $2, true),
                           set_config('request.jwt.claims', $3, true),
                           set_config('role', $4, true)\
                    """);

    /// Where the values of [#ALL] have the role.
    static final int ROLE = 7;

    /// Without a change of role: the domains log in as themselves.
    static final SqlStatement OWN_ROLE =
            SqlText.of(
                    """
                    select case when current_setting('search_path') is distinct from $1
                                then set_config('search_path', $1, true) end,
                           set_config('statement_timeout', $2, true)\
                    """);

    private final List<String> searchPath;
    private final Map<String, String> searchPaths = new ConcurrentHashMap<>();
    private volatile CodeTraits traits = CodeTraits.UNKNOWN;
    private final String statementTimeout;
    private final String anonymousTimeout;

    SessionSettings(PostgresConfig config) {
        searchPath = config.searchPath();
        statementTimeout = Long.toString(config.statementTimeout().toMillis());
        anonymousTimeout =
                Long.toString(
                        Math.min(
                                config.statementTimeout().toMillis(),
                                config.anonymousStatementTimeout().toMillis()));
    }

    /// What the database's code was found to do, which decides what it is told.
    void use(CodeTraits found) {
        traits = found;
    }

    CodeTraits traits() {
        return traits;
    }

    /// Whether the transaction depends on who asks and nothing else: the database's code never asks
    /// about the request, and nothing is brought along.
    boolean isBare(LaneCaller caller) {
        return caller.settings() == null && !traits.readsRequest();
    }

    /// For the values of [#BARE].
    List<@Nullable Object> bare(LaneCaller caller) {
        return List.of(
                searchPath(caller.schema()),
                timeout(caller.caller()),
                caller.claims().json(),
                caller.role().name());
    }

    /// For the values of [#ALL].
    List<@Nullable Object> all(LaneCaller caller) {
        List<@Nullable Object> values = new ArrayList<>(9);
        values.add(searchPath(caller.schema()));
        values.add(timeout(caller.caller()));
        values.add(caller.claims().json());
        addRequest(values, caller.transaction().request());
        values.add(caller.role().name());
        values.add(caller.settings());
        return values;
    }

    /// For the values of [#CLAIMS].
    List<@Nullable Object> claims(LaneCaller caller) {
        List<@Nullable Object> values = new ArrayList<>(6);
        values.add(caller.claims().json());
        addRequest(values, caller.transaction().request());
        values.add(caller.settings());
        return values;
    }

    private void addRequest(List<@Nullable Object> values, RequestContext request) {
        boolean told = traits.readsRequest();
        values.add(told ? request.method() : null);
        values.add(told ? request.path() : null);
        values.add(told ? request.headers() : null);
        values.add(told ? request.cookies() : null);
    }

    /// The schema, which is one of the exposed ones, and then what is always searched.
    private String searchPath(String schema) {
        String known = searchPaths.get(schema);
        return known != null ? known : searchPaths.computeIfAbsent(schema, this::quoted);
    }

    private String quoted(String schema) {
        Set<String> names = new LinkedHashSet<>();
        if (!schema.isEmpty()) {
            names.add(schema);
        }
        names.addAll(searchPath);
        return names.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    }

    private String timeout(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> anonymousTimeout;
            case Caller.Bearer _ -> statementTimeout;
        };
    }

    /// For the values of [#OWN_ROLE].
    List<@Nullable Object> ownRoleValues() {
        return List.of(searchPath(""), statementTimeout);
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
                searchPath(key.schema()),
                switch (key.style()) {
                    case ALONE -> anonymousTimeout;
                    case IN_TRANSACTION -> statementTimeout;
                },
                key.sessionClaims());
    }

    /// Once per session that serves any role, and begins each transaction with what it may do.
    SqlStatement anySession() {
        return SqlText.of(
                """
                select set_config('search_path', $1, false),
                       set_config('default_transaction_read_only', 'on', false)\
                """,
                searchPath(""));
    }

    /// Once per session that writes for any role.
    SqlStatement writingSession() {
        return SqlText.of("select set_config('search_path', $1, false)", searchPath(""));
    }

    /// SET takes no parameters, so the name is quoted into the text.
    static SqlStatement takeRole(Role role) {
        return new SqlText().sql("set role ").identifier(role.name()).build();
    }
}
