package dev.ashlar.policy.exposure.rule;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.FactsForTests;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionedTest {
    private static final Facts FACTS =
            new FactsForTests()
                    .table("members", column("team"))
                    .table("Team Notes", column("team"))
                    .policy(
                            PolicyCommand.SELECT,
                            "(EXISTS ( SELECT 1 FROM public.members m WHERE (m.team = \"Team Notes\".team)))")
                    .table("logs", column("id"))
                    .policy(
                            PolicyCommand.SELECT,
                            "(EXISTS ( SELECT 1 FROM (public.logs l JOIN public.\"Team Notes\" n ON (true))))")
                    .build();
    private final Mentioned mentioned = new Mentioned(FACTS);

    @Test
    void policies_that_read_from_a_table() {
        assertThat(by("members")).containsExactly("p0");
        assertThat(by("Team Notes")).containsExactly("p1");
        assertThat(by("logs")).containsExactly("p1");
    }

    @Test
    void names_and_not_what_looks_like_them() {
        assertThat(in("(a IN ( SELECT 1 FROM public.members))")).containsExactly("members");
        assertThat(in("(public.members.team = 1)")).isEmpty();
        assertThat(in("public.members(1)")).isEmpty();
        assertThat(in("(x = 'public.members'::text)")).isEmpty();
        assertThat(in("( SELECT 1 FROM public.members_of)")).isEmpty();
        assertThat(in("( SELECT 1 FROM other.members)")).isEmpty();
    }

    private List<String> by(String table) {
        return FACTS.find("public", table).stream()
                .flatMap(relation -> mentioned.by(relation).stream())
                .map(Policy::name)
                .toList();
    }

    private List<String> in(String condition) {
        return mentioned.in(condition).stream().map(Relation::name).toList();
    }
}
