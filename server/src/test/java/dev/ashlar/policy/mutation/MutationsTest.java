package dev.ashlar.policy.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Privileges;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MutationsTest {
    private static final String OWN = "(( SELECT auth.uid() AS uid) = owner)";
    private static final Privileges ALL =
            new Privileges(
                    true,
                    Map.of(
                            Verb.SELECT, Set.of("owner"),
                            Verb.INSERT, Set.of("owner"),
                            Verb.UPDATE, Set.of("owner")),
                    true,
                    false);

    @Test
    void everyConditionIsDroppedSwappedAndNegated() {
        assertThat(usings("((a = b) AND (NOT (c IS NULL)))"))
                .containsExactlyInAnyOrder(
                        "true",
                        "((((a = b)) OR ((NOT (c IS NULL)))))",
                        "(true AND (NOT (c IS NULL)))",
                        "((a = b) AND true)",
                        "((a <> b) AND (NOT (c IS NULL)))",
                        "((a = b) AND ((c IS NULL)))",
                        "((a = b) AND (NOT ((NOT (c IS NULL)))))");
    }

    @Test
    void conditionsInsideOfSubSelectsAreMutated() {
        assertThat(usings("(EXISTS ( SELECT 1 FROM m WHERE ((m.org = notes.org) AND m.active)))"))
                .contains(
                        "((NOT EXISTS ( SELECT 1 FROM m WHERE ((m.org = notes.org) AND m.active))))",
                        "(EXISTS ( SELECT 1 FROM m WHERE ((m.org <> notes.org) AND m.active)))",
                        "(EXISTS ( SELECT 1 FROM m WHERE (true AND m.active)))",
                        "(EXISTS ( SELECT 1 FROM m WHERE ((m.org = notes.org) AND true)))");
    }

    @Test
    void aColumnIsMistakenForOneOfItsType() {
        assertThat(usings("(notes.owner = auth.uid())"))
                .contains("(notes.\"editor\" = auth.uid())")
                .noneMatch(text -> text.contains("title"));
    }

    @Test
    void wideningCountsOnlyWhereSomebodyHoldsTheRights() {
        Policy read = policy(1, PolicyCommand.SELECT, Optional.of(OWN), Optional.empty());
        assertThat(descriptions(Map.of("authenticated", ALL), read))
                .contains("FOR SELECT widened to ALL", "the policy dropped")
                .noneMatch(text -> text.contains("PUBLIC"));
        assertThat(descriptions(Map.of("authenticated", ALL, "anon", ALL), read))
                .contains("TO authenticated widened to PUBLIC");
        Privileges readOnly =
                new Privileges(true, Map.of(Verb.SELECT, Set.of("owner")), false, false);
        assertThat(descriptions(Map.of("authenticated", readOnly), read))
                .noneMatch(text -> text.contains("ALL"));
    }

    @Test
    void wideningToWhatOthersAllowAlreadyChangesNothing() {
        Policy read = policy(1, PolicyCommand.SELECT, Optional.of(OWN), Optional.empty());
        Policy add = policy(2, PolicyCommand.INSERT, Optional.empty(), Optional.of(OWN));
        Policy change = policy(3, PolicyCommand.UPDATE, Optional.of(OWN), Optional.of(OWN));
        Policy remove = policy(4, PolicyCommand.DELETE, Optional.of(OWN), Optional.empty());
        assertThat(descriptions(Map.of("authenticated", ALL), read, add, change, remove))
                .noneMatch(text -> text.contains("ALL"))
                .noneMatch(text -> text.equals("WITH CHECK dropped"));
        Policy remover = policy(4, PolicyCommand.DELETE, Optional.of("(a = b)"), Optional.empty());
        assertThat(descriptions(Map.of("authenticated", ALL), read, add, change, remover))
                .contains("FOR SELECT widened to ALL", "FOR DELETE widened to ALL");
    }

    @Test
    void aRestrictivePolicyIsMadePermissive() {
        Policy policy =
                new Policy(
                        1,
                        7,
                        "p",
                        PolicyCommand.SELECT,
                        false,
                        List.of("public"),
                        Optional.of(OWN),
                        Optional.empty());
        assertThat(descriptions(Map.of(), policy))
                .contains(
                        "RESTRICTIVE made PERMISSIVE",
                        "the condition never true",
                        "the policy dropped")
                .doesNotContain("the condition always true");
    }

    private static List<String> usings(String condition) {
        Policy policy = policy(1, PolicyCommand.SELECT, Optional.of(condition), Optional.empty());
        return mutations(Map.of(), policy).stream()
                .flatMap(mutation -> mutation.instead().stream())
                .flatMap(instead -> instead.using().stream())
                .toList();
    }

    private static List<String> descriptions(Map<String, Privileges> rights, Policy... policies) {
        return mutations(rights, policies).stream().map(Mutation::description).toList();
    }

    private static List<Mutation> mutations(Map<String, Privileges> rights, Policy... policies) {
        Relation relation = relation(rights);
        Facts facts =
                new Facts(
                        18,
                        List.of("public"),
                        new Callers("anon", "authenticated", "service_role", List.of()),
                        Map.of(),
                        List.of(relation),
                        Stream.of(policies).toList(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        true);
        return new Mutations(facts).of(relation);
    }

    private static Policy policy(
            long oid, PolicyCommand command, Optional<String> using, Optional<String> check) {
        return new Policy(oid, 7, "p" + oid, command, true, List.of("authenticated"), using, check);
    }

    private static Relation relation(Map<String, Privileges> rights) {
        return new Relation(
                7,
                "public",
                "notes",
                RelationKind.TABLE,
                "postgres",
                true,
                true,
                false,
                false,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(column("owner", "uuid"), column("editor", "uuid"), column("title", "text")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                rights,
                List.of());
    }

    private static Column column(String name, String type) {
        return new Column(
                name,
                type,
                type,
                'U',
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                "",
                false,
                Optional.empty());
    }
}
