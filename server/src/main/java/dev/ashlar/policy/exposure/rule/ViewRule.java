package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Relations that policies do not hold: views that read with their owner's rights, what they have
/// stored, and other servers' tables.
final class ViewRule implements Rule {
    private static final Pattern AGGREGATE =
            Pattern.compile(
                    "\\bgroup by\\b|\\b(count|sum|avg|min|max)\\s*\\(", Pattern.CASE_INSENSITIVE);

    /// The PostgreSQL whose views can read with their caller's rights.
    private static final int FIRST_WITH_INVOKER = 15;

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Relation relation : judgement.facts().exposed()) {
            List<String> holders =
                    judgement.judged().stream()
                            .filter(role -> !judgement.rights(relation, role).isEmpty())
                            .toList();
            if (holders.isEmpty()) {
                continue;
            }
            switch (relation.kind()) {
                case VIEW -> view(judgement, relation, holders.getFirst(), found);
                case MATERIALIZED_VIEW -> stored(judgement, relation, holders, found);
                case FOREIGN_TABLE -> foreign(judgement, relation, holders, found);
                case TABLE, PARTITIONED_TABLE -> {
                    // Row-level security is for those.
                }
            }
        }
    }

    private static void view(
            Judgement judgement, Relation view, String role, Consumer<Finding> found) {
        if (view.securityInvoker()) {
            return;
        }
        List<Relation> tables = passed(judgement, view, new HashSet<>());
        accounts(judgement, view, role, tables, found);
        List<Relation> held =
                tables.stream()
                        .filter(table -> !table.label().equals(Owners.ACCOUNTS))
                        .filter(Relation::rowSecurity)
                        .toList();
        if (held.isEmpty()) {
            return;
        }
        found.accept(
                new Finding(
                        FindingCode.VIEW_BYPASSES_RLS,
                        severity(judgement, view, role, held),
                        view.label(),
                        role,
                        judgement.rights(view, role),
                        List.of(),
                        "The view reads with the rights of its owner %s, past row-level security of %s."
                                .formatted(view.owner(), labels(held)),
                        fix(judgement, view, role)));
    }

    private static String fix(Judgement judgement, Relation view, String role) {
        String name = Quoted.name(view);
        return judgement.facts().version() < FIRST_WITH_INVOKER
                ? "revoke all on %s from %s; -- before PostgreSQL 15 a view cannot read as its caller"
                        .formatted(name, Quoted.role(role))
                : "alter view %s set (security_invoker = true);".formatted(name);
    }

    /// Tables that it reads as somebody whom their policies do not hold.
    private static List<Relation> passed(Judgement judgement, Relation view, Set<Long> been) {
        List<Relation> tables = new ArrayList<>();
        for (long oid : view.reads()) {
            Optional<Relation> read = judgement.facts().find(oid);
            if (read.isEmpty() || !been.add(oid)) {
                continue;
            }
            Relation target = read.get();
            if (target.kind() == RelationKind.VIEW && !target.securityInvoker()) {
                tables.addAll(passed(judgement, target, been));
            } else if (target.kind().hasPolicies() && passes(view, target)) {
                tables.add(target);
            }
        }
        return tables;
    }

    private static boolean passes(Relation view, Relation table) {
        boolean owns = table.owner().equals(view.owner()) && !table.forced();
        return view.ownerSeesEverything()
                || owns
                || !table.rowSecurity()
                // A materialized view was filled by whoever refreshed it: nobody's policies.
                || view.kind() == RelationKind.MATERIALIZED_VIEW;
    }

    private static Severity severity(
            Judgement judgement, Relation view, String role, List<Relation> tables) {
        if (filtersByCaller(view) || harmless(judgement, view, tables)) {
            return Severity.LOW;
        }
        boolean writes =
                Stream.of(Verb.UPDATE, Verb.DELETE).anyMatch(view.privileges(role)::may)
                        && judgement.canAny(
                                view,
                                role,
                                Act.UPDATE_OTHERS,
                                Act.UPDATE_OWNERLESS,
                                Act.DELETE_OTHERS,
                                Act.DELETE_OWNERLESS);
        if (writes) {
            return Severity.HIGH;
        }
        if (sameByTables(judgement, view, role, tables)) {
            return Severity.LOW;
        }
        Outcome seen = judgement.outcome(view, role, Act.READ_OTHERS);
        boolean owned = tables.stream().anyMatch(judgement::owned);
        Outcome shared = judgement.outcome(view, role, Act.READ_OWNERLESS);
        if ((owned && seen == Outcome.ALLOWED) || shared == Outcome.ALLOWED) {
            return Severity.HIGH;
        }
        return Severity.MEDIUM;
    }

    static boolean filtersByCaller(Relation view) {
        return view.definition().filter(Conditions::asksWho).isPresent();
    }

    /// Figures over rows, without whose they are.
    private static boolean harmless(Judgement judgement, Relation view, List<Relation> tables) {
        boolean aggregates =
                view.definition().filter(text -> AGGREGATE.matcher(text).find()).isPresent();
        Set<String> owners = new HashSet<>();
        tables.forEach(table -> owners.addAll(judgement.owners(table)));
        return aggregates
                && view.columns().stream()
                        .noneMatch(column ->
                                owners.contains(column.name())
                                        || Names.personal(column)
                                        || Names.secret(column));
    }

    /// The caller may read as much of the tables themselves.
    private static boolean sameByTables(
            Judgement judgement, Relation view, String role, List<Relation> tables) {
        return tables.stream()
                .allMatch(table -> {
                    Set<String> columns = table.privileges(role).columns(Verb.SELECT);
                    boolean allColumns =
                            view.columns().stream()
                                    .filter(column -> table.find(column.name()).isPresent())
                                    .allMatch(column -> columns.contains(column.name()));
                    return allColumns && judgement.readsBeyondOwn(table, role) == Outcome.ALLOWED;
                });
    }

    private static void accounts(
            Judgement judgement,
            Relation view,
            String role,
            List<Relation> tables,
            Consumer<Finding> found) {
        boolean shows =
                tables.stream().map(Relation::label).anyMatch(Owners.ACCOUNTS::equals)
                        || view.definition()
                                .filter(text -> text.contains(Owners.ACCOUNTS))
                                .isPresent();
        if (!shows) {
            return;
        }
        boolean little = filtersByCaller(view) || harmless(judgement, view, tables);
        found.accept(
                new Finding(
                        FindingCode.AUTH_USERS_EXPOSED,
                        little ? Severity.LOW : Severity.HIGH,
                        view.label(),
                        role,
                        List.of(Verb.SELECT),
                        view.columns().stream().map(Column::name).toList(),
                        little
                                ? "It shows what is in auth.users, of the caller's own account or as figures."
                                : "It shows the accounts of everybody (auth.users).",
                        "revoke all on %s from %s; -- show what others may see from a table of your own"
                                .formatted(
                                        Quoted.name(view),
                                        Narrowing.from(view, judgement.judged()))));
    }

    private static void stored(
            Judgement judgement, Relation view, List<String> holders, Consumer<Finding> found) {
        String role = holders.getFirst();
        List<Relation> tables = passed(judgement, view, new HashSet<>());
        accounts(judgement, view, role, tables, found);
        List<Relation> held = tables.stream().filter(Relation::rowSecurity).toList();
        Severity severity = Severity.LOW;
        if (!held.isEmpty() && !harmless(judgement, view, held)) {
            boolean owned = held.stream().anyMatch(judgement::owned);
            boolean same = sameByTables(judgement, view, role, held);
            severity = same ? Severity.LOW : owned ? Severity.HIGH : Severity.MEDIUM;
        }
        found.accept(
                new Finding(
                        FindingCode.MATERIALIZED_VIEW_EXPOSED,
                        severity,
                        view.label(),
                        role,
                        List.of(Verb.SELECT),
                        List.of(),
                        held.isEmpty()
                                ? "A materialized view knows no row-level security: all of it can be read."
                                : "It holds rows past row-level security of %s, and all of it can be read."
                                        .formatted(labels(held)),
                        "revoke all on %s from %s;"
                                .formatted(Quoted.name(view), Narrowing.from(view, holders))));
    }

    private static void foreign(
            Judgement judgement, Relation table, List<String> holders, Consumer<Finding> found) {
        String role = holders.getFirst();
        List<Verb> rights = judgement.rights(table, role);
        boolean writes = RowsRule.writes().anyMatch(rights::contains);
        found.accept(
                new Finding(
                        FindingCode.FOREIGN_TABLE_EXPOSED,
                        writes || judgement.isAnonymous(role) ? Severity.HIGH : Severity.MEDIUM,
                        table.label(),
                        role,
                        rights,
                        List.of(),
                        "A foreign table knows no row-level security: every row of it can be reached.",
                        "revoke all on %s from %s;"
                                .formatted(Quoted.name(table), Narrowing.from(table, holders))));
    }

    private static String labels(List<Relation> tables) {
        return String.join(", ", tables.stream().map(Relation::label).toList());
    }
}
