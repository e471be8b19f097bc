package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Facts.Trigger;
import dev.ashlar.policy.exposure.Verb;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What is known without trying, and what must not be tried.
final class Gate {
    /// Languages whose functions can do anything that the server's account can.
    private static final Pattern UNTRUSTED =
            Pattern.compile("c|internal|plperlu|plpython\\d*u|pltclu|plsh|plr|pljavau?|plrustu?");

    private static final Pattern OUTSIDE =
            Pattern.compile(
                    "\\bdblink|\\bhttp(?:_\\w+)?\\s*\\(|\\bnet\\.http|\\bpg_net\\b|\\bcopy\\b[^;]*\\bprogram\\b"
                            + "|\\blo_export\\b|\\bpg_file_|\\bpg_read_|\\baws_|\\bsupabase_functions\\.http_request");

    /// Functions in C of PostgreSQL's own that only touch rows.
    private static final Set<String> HARMLESS =
            Set.of(
                    "pg_catalog.suppress_redundant_updates_trigger",
                    "pg_catalog.tsvector_update_trigger",
                    "pg_catalog.tsvector_update_trigger_column");

    private static final Set<String> HARMLESS_NAMES =
            Set.of(
                    "moddatetime",
                    "insert_username",
                    "autoinc",
                    "check_primary_key",
                    "check_foreign_key");

    private final Facts facts;

    Gate(Facts facts) {
        this.facts = facts;
    }

    /// What a verb comes to by grants and the want of policies.
    Optional<Verdict> closed(Relation relation, String role, Verb verb) {
        if (!relation.privileges(role).may(verb)) {
            return Optional.of(
                    relation.privileges(role).usage()
                            ? Verdict.NOT_GRANTED
                            : Verdict.denied("no right to use schema " + relation.schema()));
        }
        boolean opened =
                !held(relation, role)
                        || facts.policiesOf(relation, role, verb).stream()
                                .anyMatch(Policy::permissive);
        return opened ? Optional.empty() : Optional.of(Verdict.denied("no policy"));
    }

    /// Whether policies hold the role on the relation.
    boolean held(Relation relation, String role) {
        Optional<RoleFacts> known = Optional.ofNullable(facts.roles().get(role));
        boolean owns =
                relation.owner().equals(role)
                        || known.filter(each -> each.inherits().contains(relation.owner()))
                                .isPresent();
        return relation.rowSecurity()
                && known.filter(RoleFacts::seesEverything).isEmpty()
                && (relation.forced() || !owns);
    }

    /// The first trigger that might do what no rollback undoes.
    Optional<String> outside(Relation relation, Set<Verb> verbs) {
        return facts.triggersOf(relation).stream()
                .filter(Trigger::enabled)
                .filter(trigger -> trigger.events().stream().anyMatch(verbs::contains))
                .filter(Gate::outside)
                .map(Trigger::name)
                .findFirst();
    }

    private static boolean outside(Trigger trigger) {
        String name = trigger.function().substring(trigger.function().lastIndexOf('.') + 1);
        if (HARMLESS.contains(trigger.function()) || HARMLESS_NAMES.contains(name)) {
            return false;
        }
        return UNTRUSTED.matcher(trigger.language()).matches()
                || OUTSIDE.matcher(trigger.source().toLowerCase(Locale.ROOT)).find();
    }

    /// Whether a trigger may change a row before it is written, or keep it from being.
    boolean rewrites(Relation relation, Verb verb) {
        return facts.triggersOf(relation).stream()
                .anyMatch(trigger ->
                        trigger.enabled()
                                && trigger.before()
                                && trigger.perRow()
                                && trigger.events().contains(verb));
    }
}
