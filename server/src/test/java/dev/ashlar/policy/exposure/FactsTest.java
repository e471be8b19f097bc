package dev.ashlar.policy.exposure;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactsTest {
    private static final Facts FACTS =
            new FactsForTests()
                    .table("teams", column("id"))
                    .table("notes", column("id"), column("team"))
                    .key("team", "teams")
                    .policy(PolicyCommand.ALL, "true")
                    .policy(PolicyCommand.SELECT, "(id = 'x'::text)")
                    .policy(
                            new Policy(
                                    7,
                                    2,
                                    "everybody",
                                    PolicyCommand.DELETE,
                                    true,
                                    List.of(Facts.PUBLIC),
                                    Optional.of("true"),
                                    Optional.empty()))
                    .build();

    @Test
    void relations_are_found_by_number_and_name() {
        assertThat(FACTS.find(2)).map(Relation::name).contains("notes");
        assertThat(FACTS.find(3)).isEmpty();
        assertThat(FACTS.find("public", "teams")).map(Relation::oid).contains(1L);
        assertThat(FACTS.find("other", "teams")).isEmpty();
        assertThat(FACTS.find("public", "Teams")).isEmpty();
    }

    @Test
    void policies_and_keys_are_those_of_their_table_in_order() {
        Relation notes = FACTS.relations().getLast();
        assertThat(FACTS.policiesOf(notes))
                .extracting(Policy::name)
                .containsExactly("p0", "p1", "everybody");
        assertThat(FACTS.policiesOf(FACTS.relations().getFirst())).isEmpty();
        assertThat(FACTS.foreignKeysOf(notes)).hasSize(1);
        assertThat(FACTS.foreignKeysOf(FACTS.relations().getFirst())).isEmpty();
        assertThat(FACTS.triggersOf(notes)).isEmpty();
    }

    @Test
    void policies_count_for_roles_and_verbs() {
        assertThat(names("authenticated", Verb.SELECT)).containsExactly("p0", "p1");
        assertThat(names("authenticated", Verb.DELETE)).containsExactly("p0", "everybody");
        assertThat(names("anon", Verb.DELETE)).containsExactly("everybody");
        assertThat(names("anon", Verb.SELECT)).isEmpty();
    }

    private static List<String> names(String role, Verb verb) {
        return FACTS.policiesOf(FACTS.relations().getLast(), role, verb).stream()
                .map(Policy::name)
                .toList();
    }
}
