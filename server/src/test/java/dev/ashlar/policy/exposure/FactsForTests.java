package dev.ashlar.policy.exposure;

import dev.ashlar.policy.exposure.Facts.Bucket;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Grant;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Privileges;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Facts.Routine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a catalog might say, written by hand: tables of schema public with row-level security,
/// every right for `authenticated`, and no policies but those that are named.
public final class FactsForTests {
    private static final Callers CALLERS =
            new Callers("anon", "authenticated", "service_role", List.of());

    private final List<Relation> relations = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private final List<Routine> routines = new ArrayList<>();
    private final List<Bucket> buckets = new ArrayList<>();

    public FactsForTests table(String name, Column... columns) {
        return table(name, List.of(), columns);
    }

    /// @param grants as the catalog has them, beside what `authenticated` may
    public FactsForTests table(String name, List<Grant> grants, Column... columns) {
        List<Column> all = Arrays.asList(columns);
        Set<String> names = new LinkedHashSet<>(all.stream().map(Column::name).toList());
        Map<Verb, Set<String>> rights = new EnumMap<>(Verb.class);
        List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE).forEach(verb -> rights.put(verb, names));
        relations.add(
                relation(
                        relations.size() + 1L,
                        name,
                        all,
                        Map.of("authenticated", new Privileges(true, rights, true, false)),
                        grants));
        return this;
    }

    /// A table of schema public whose first column is its key.
    public static Relation relation(
            long oid,
            String name,
            List<Column> columns,
            Map<String, Privileges> privileges,
            List<Grant> grants) {
        return new Relation(
                oid,
                "public",
                name,
                RelationKind.TABLE,
                "postgres",
                true,
                true,
                false,
                false,
                Optional.empty(),
                true,
                Optional.empty(),
                columns,
                columns.isEmpty() ? List.of() : List.of(columns.getFirst().name()),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                privileges,
                grants);
    }

    /// Of text.
    public static Column column(String name) {
        return column(name, "text", 'S');
    }

    public static Column column(String name, String type, char category) {
        return column(name, type, category, Optional.empty());
    }

    public static Column column(
            String name, String type, char category, Optional<String> expression) {
        return new Column(
                name,
                type,
                type.replaceAll("\\(.*", ""),
                category,
                List.of(),
                List.of(),
                false,
                expression,
                "",
                false,
                Optional.empty());
    }

    public static Column required(Column column) {
        return new Column(
                column.name(),
                column.type(),
                column.base(),
                column.category(),
                column.labels(),
                column.domainChecks(),
                true,
                column.expression(),
                column.identity(),
                column.generated(),
                column.comment());
    }

    /// Permissive, for `authenticated`, of the table that came last.
    public FactsForTests policy(PolicyCommand command, String using) {
        policies.add(
                new Policy(
                        policies.size() + 1L,
                        relations.getLast().oid(),
                        "p" + policies.size(),
                        command,
                        true,
                        List.of("authenticated"),
                        Optional.of(using),
                        Optional.empty()));
        return this;
    }

    public FactsForTests policy(Policy policy) {
        policies.add(policy);
        return this;
    }

    /// From a column of the table that came last to the first one of another.
    public FactsForTests key(String column, String target) {
        Relation to =
                relations.stream()
                        .filter(each -> each.name().equals(target))
                        .findFirst()
                        .orElseThrow();
        return key(column, to.oid(), to.label(), to.columns().getFirst().name());
    }

    public FactsForTests ownedBy(String column) {
        return key(column, 9999, "auth.users", "id");
    }

    private FactsForTests key(String column, long target, String label, String targetColumn) {
        keys.add(
                new ForeignKey(
                        column + "_fkey",
                        relations.getLast().oid(),
                        List.of(column),
                        target,
                        label,
                        List.of(targetColumn),
                        "no action"));
        return this;
    }

    /// With its owner's rights, for `authenticated` to call.
    public FactsForTests definer(String name, String returns, String source) {
        routines.add(
                new Routine(
                        routines.size() + 1000L,
                        "public",
                        name,
                        "",
                        returns,
                        "postgres",
                        true,
                        true,
                        List.of("search_path=\"\""),
                        'v',
                        "plpgsql",
                        source,
                        false,
                        true,
                        false,
                        Set.of("authenticated"),
                        List.of()));
        return this;
    }

    public FactsForTests bucket(String id) {
        buckets.add(new Bucket(id, false, Optional.empty(), List.of()));
        return this;
    }

    public Facts build() {
        return new Facts(
                18,
                List.of("public"),
                CALLERS,
                Map.of(),
                relations,
                policies,
                keys,
                List.of(),
                routines,
                List.of(),
                buckets,
                Map.of(),
                true);
    }
}
