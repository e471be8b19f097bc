package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Schemas that are served and should not be, and those that callers may create objects in.
final class SchemaRule implements Rule {
    private static final Map<String, Severity> SYSTEM =
            Map.ofEntries(
                    Map.entry("auth", Severity.HIGH),
                    Map.entry("vault", Severity.HIGH),
                    Map.entry("ashlar", Severity.HIGH),
                    Map.entry("pg_catalog", Severity.HIGH),
                    Map.entry("pgsodium", Severity.HIGH),
                    Map.entry("cron", Severity.HIGH),
                    Map.entry("net", Severity.HIGH),
                    Map.entry("information_schema", Severity.MEDIUM),
                    Map.entry("storage", Severity.MEDIUM),
                    Map.entry("realtime", Severity.MEDIUM),
                    Map.entry("supabase_migrations", Severity.MEDIUM),
                    Map.entry("extensions", Severity.MEDIUM));

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (String schema : judgement.facts().schemas()) {
            if (SYSTEM.containsKey(schema)) {
                found.accept(
                        new Finding(
                                FindingCode.SCHEMA_EXPOSED,
                                SYSTEM.get(schema),
                                schema,
                                "",
                                List.of(),
                                List.of(),
                                "The data API serves a schema of the system's own.",
                                "-- take %s out of the exposed schemas (rest.schemas)"
                                        .formatted(schema)));
            }
        }
        Set<String> callers = new LinkedHashSet<>(List.of(Facts.PUBLIC));
        callers.addAll(judgement.judged());
        judgement
                .facts()
                .creators()
                .forEach((schema, creators) -> {
                    List<String> held = callers.stream().filter(creators::contains).toList();
                    if (!held.isEmpty()) {
                        found.accept(create(schema, held));
                    }
                });
    }

    private static Finding create(String schema, List<String> held) {
        String role = held.getFirst();
        return new Finding(
                FindingCode.SCHEMA_CREATE,
                Severity.MEDIUM,
                schema,
                role,
                List.of(),
                List.of(),
                "%s may create objects in it, which functions may find instead of the right ones."
                        .formatted(role.equals(Facts.PUBLIC) ? "Every role" : role),
                "revoke create on schema %s from %s;"
                        .formatted(
                                Quoted.name(schema),
                                String.join(", ", held.stream().map(Quoted::role).toList())));
    }
}
