package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.intent.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What every transaction does before the statement of its request: settings of the operator's, and
/// the call of a function (PostgREST's reference, "Pre-Request"). `hoisted` names the settings of a
/// routine that hold for the whole transaction that calls it.
public record TransactionSteps(
        Optional<QualifiedName> preRequest, Map<String, String> appSettings, Set<String> hoisted) {
    public static final TransactionSteps NONE =
            new TransactionSteps(
                    Optional.empty(),
                    Map.of(),
                    Set.of(
                            "statement_timeout",
                            "plan_filter.statement_cost_limit",
                            "default_transaction_isolation"));

    public TransactionSteps {
        hoisted = Set.copyOf(hoisted);
    }

    /// `function` is written `schema.name`, or without a schema when the search path finds it.
    public static TransactionSteps of(
            Optional<String> function, Map<String, String> appSettings, Set<String> hoisted) {
        return new TransactionSteps(function.map(TransactionSteps::name), appSettings, hoisted);
    }

    Optional<SqlStatement> findCall() {
        return preRequest.map(function -> {
            SqlText sql = new SqlText().sql("select ");
            if (function.schema().isEmpty()) {
                sql.identifier(function.name());
            } else {
                sql.qualified(function.schema(), function.name());
            }
            return sql.sql("()").build();
        });
    }

    /// What is set besides the caller's role and claims: what the role brings along, what the
    /// operator wants, and what the caller asked for. Of the status and headers that another
    /// request's code may have left in the session, nothing.
    Map<String, String> settings(
            Map<String, String> ofRole, Transaction transaction, Telling telling) {
        if (ofRole.isEmpty()
                && telling == Telling.NOTHING
                && appSettings.isEmpty()
                && transaction.timezone().isEmpty()) {
            return Map.of();
        }
        Map<String, String> all = new LinkedHashMap<>(ofRole);
        if (telling == Telling.ANSWER) {
            all.put("response.status", "");
            all.put("response.headers", "");
        }
        all.putAll(appSettings);
        all.putAll(asked(transaction));
        return all;
    }

    /// The same with what a routine brings along.
    Map<String, String> calling(
            Routine routine, Map<String, String> usual, Transaction transaction) {
        if (routine.settings().isEmpty()) {
            return usual;
        }
        Map<String, String> all = new LinkedHashMap<>(usual);
        routine.settings()
                .forEach((name, value) -> {
                    if (hoisted.contains(name)) {
                        all.put(name, value);
                    }
                });
        all.putAll(asked(transaction));
        return all;
    }

    private static Map<String, String> asked(Transaction transaction) {
        return transaction.timezone().map(zone -> Map.of("timezone", zone)).orElse(Map.of());
    }

    private static QualifiedName name(String written) {
        int dot = written.indexOf('.');
        return dot < 0
                ? new QualifiedName("", written)
                : new QualifiedName(written.substring(0, dot), written.substring(dot + 1));
    }
}
