package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Foreign keys are checked past row-level security: a caller who may write one finds out by the
/// error whether a row that they cannot see is there.
final class ForeignKeyRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        judgement
                .tables()
                .forEach(table ->
                        judgement
                                .facts()
                                .foreignKeysOf(table)
                                .forEach(key -> {
                                    leak(judgement, table, key).ifPresent(found);
                                    cascade(judgement, table, key).ifPresent(found);
                                }));
    }

    private static Optional<Finding> leak(Judgement judgement, Relation table, ForeignKey key) {
        Optional<Relation> target = judgement.facts().find(key.target());
        if (target.isEmpty()
                || target.get().schema().equals("auth")
                || target.get().oid() == table.oid()) {
            return Optional.empty();
        }
        for (String role : judgement.everybody()) {
            List<Verb> verbs = new ArrayList<>();
            if (writes(
                    judgement,
                    table,
                    key,
                    role,
                    Verb.INSERT,
                    Act.INSERT_OWN,
                    Act.INSERT_OWNERLESS)) {
                verbs.add(Verb.INSERT);
            }
            if (writes(
                    judgement,
                    table,
                    key,
                    role,
                    Verb.UPDATE,
                    Act.UPDATE_OWN,
                    Act.UPDATE_OWNERLESS)) {
                verbs.add(Verb.UPDATE);
            }
            if (!verbs.isEmpty() && hidden(judgement, target.get(), role)) {
                return Optional.of(leak(table, key, target.get(), role, verbs));
            }
        }
        return Optional.empty();
    }

    private static Finding leak(
            Relation table, ForeignKey key, Relation target, String role, List<Verb> verbs) {
        return new Finding(
                FindingCode.FOREIGN_KEY_LEAK,
                severity(target, key),
                table.label(),
                role,
                verbs,
                key.columns(),
                "%s can point %s at rows of %s that they cannot see, and by the error tell whether they exist."
                        .formatted(role, String.join(", ", key.columns()), target.label()),
                "-- let the policy's WITH CHECK ask for the row: exists (select from %s where %s = %s)"
                        .formatted(
                                Quoted.name(target),
                                Quoted.names(key.targetColumns()),
                                Quoted.name(table) + "." + Quoted.names(key.columns())));
    }

    private static boolean writes(
            Judgement judgement,
            Relation table,
            ForeignKey key,
            String role,
            Verb verb,
            Act... acts) {
        boolean granted = table.privileges(role).columns(verb).containsAll(key.columns());
        return granted
                && judgement.canAny(table, role, acts)
                && !looksAtKey(judgement, table, key, role, verb);
    }

    private static boolean looksAtKey(
            Judgement judgement, Relation table, ForeignKey key, String role, Verb verb) {
        List<Policy> policies = judgement.facts().policiesOf(table, role, verb);
        return table.rowSecurity()
                && policies.stream()
                        .map(Conditions::forNewRows)
                        .flatMap(Optional::stream)
                        .anyMatch(text ->
                                key.columns().stream()
                                        .anyMatch(column ->
                                                judgement
                                                        .conditions()
                                                        .parse(text)
                                                        .mentions(column)));
    }

    /// Rows of the target that the caller cannot read.
    private static boolean hidden(Judgement judgement, Relation target, String role) {
        return (target.rowSecurity() || !target.privileges(role).may(Verb.SELECT))
                && judgement.readsBeyondOwn(target, role) != Outcome.ALLOWED;
    }

    /// Random keys cannot be guessed; names and addresses can be asked for.
    private static Severity severity(Relation target, ForeignKey key) {
        List<Column> columns =
                key.targetColumns().stream().flatMap(name -> target.find(name).stream()).toList();
        if (columns.stream().anyMatch(column -> column.base().equals("uuid"))) {
            return Severity.INFO;
        }
        boolean natural =
                columns.stream()
                        .anyMatch(column -> column.category() == 'S' || Names.personal(column));
        return natural ? Severity.MEDIUM : Severity.LOW;
    }

    private static Optional<Finding> cascade(Judgement judgement, Relation table, ForeignKey key) {
        Optional<Relation> target = judgement.facts().find(key.target());
        if (target.isEmpty()
                || !key.onDelete().equals("cascade")
                || Judgement.system(target.get())
                || target.get().oid() == table.oid()) {
            return Optional.empty();
        }
        for (String role : judgement.everybody()) {
            boolean deletes =
                    judgement.canAny(target.get(), role, Act.DELETE_OTHERS, Act.DELETE_OWNERLESS);
            boolean own = judgement.owned(table) && !judgement.can(table, role, Act.DELETE_OTHERS);
            if (deletes && own) {
                return Optional.of(
                        new Finding(
                                FindingCode.FOREIGN_KEY_LEAK,
                                Severity.MEDIUM,
                                table.label(),
                                role,
                                List.of(Verb.DELETE),
                                key.columns(),
                                "%s can delete rows of %s, and with each go the rows here that belong to others."
                                        .formatted(role, target.get().label()),
                                "revoke delete on %s from %s; -- or let the key restrict: on delete restrict"
                                        .formatted(
                                                Quoted.name(target.get()),
                                                Narrowing.from(
                                                        target.get(), judgement.everybody()))));
            }
        }
        return Optional.empty();
    }
}
