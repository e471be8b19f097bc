package dev.ashlar.policy.exposure.rule;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Grant;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.FactsForTests;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NarrowingTest {
    private static final Optional<String> OWN = Optional.of("mine");

    @Test
    void a_right_that_everybody_holds_is_taken_from_everybody() {
        Facts facts =
                new FactsForTests()
                        .table("closed", column("id"))
                        .table(
                                "open",
                                List.of(new Grant("public", "SELECT", Optional.empty(), false)),
                                column("id"))
                        .build();
        List<String> roles = List.of("anon", "My Role");
        assertThat(Narrowing.from(facts.relations().getFirst(), roles))
                .isEqualTo("anon, \"My Role\"");
        assertThat(Narrowing.from(facts.relations().getLast(), roles))
                .isEqualTo("anon, \"My Role\", public");
    }

    @Test
    void the_caller_is_compared_in_the_type_of_the_column() {
        Facts facts =
                new FactsForTests()
                        .table(
                                "notes",
                                column("Owner", "uuid", 'U'),
                                column("sub"),
                                column("number", "bigint", 'N'))
                        .ownedBy("Owner")
                        .build();
        Relation notes = facts.relations().getFirst();
        assertThat(Narrowing.isCaller(facts, notes, "Owner"))
                .isEqualTo("(select auth.uid()) = \"Owner\"");
        assertThat(Narrowing.isCaller(facts, notes, "sub"))
                .isEqualTo("(select auth.uid())::text = sub");
        assertThat(Narrowing.isCaller(facts, notes, "number"))
                .isEqualTo("(select auth.uid())::text = number::text");
    }

    @Test
    void where_there_are_no_accounts_the_claim_is_compared() {
        Facts facts = new FactsForTests().table("notes", column("user_id", "uuid", 'U')).build();
        assertThat(Narrowing.isCaller(facts, facts.relations().getFirst(), "user_id"))
                .isEqualTo(
                        "(select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid)"
                                + " = user_id");
    }

    @Test
    void a_policy_gets_the_conditions_that_its_command_has() {
        assertThat(held(PolicyCommand.ALL, Verb.SELECT)).endsWith("t using (mine);");
        assertThat(held(PolicyCommand.ALL, Verb.INSERT)).endsWith("t with check (mine);");
        assertThat(held(PolicyCommand.UPDATE, Verb.UPDATE))
                .endsWith("t using (mine) with check (mine);");
        assertThat(held(PolicyCommand.INSERT, Verb.INSERT)).endsWith("t with check (mine);");
        assertThat(held(PolicyCommand.DELETE, Verb.DELETE)).endsWith("t using (mine);");
        assertThat(held(PolicyCommand.ALL, Verb.INSERT, Verb.DELETE))
                .endsWith("t using (mine) with check (mine);");
    }

    @Test
    void what_is_not_known_is_a_comment() {
        Facts facts = facts(PolicyCommand.SELECT, "anon");
        assertThat(
                        Narrowing.held(
                                facts.relations().getFirst(),
                                facts.policies().getFirst(),
                                Optional.empty(),
                                List.of(Verb.SELECT)))
                .isEqualTo("-- alter policy p on public.t using (...);");
    }

    @Test
    void without_anonymous_callers() {
        assertThat(withoutAnonymous("public"))
                .isEqualTo("alter policy p on public.t to authenticated;");
        assertThat(withoutAnonymous("anon", "editor"))
                .isEqualTo("alter policy p on public.t to editor;");
        assertThat(withoutAnonymous("anon")).isEqualTo("drop policy p on public.t;");
    }

    private static String withoutAnonymous(String... roles) {
        Facts facts = facts(PolicyCommand.SELECT, roles);
        return Narrowing.withoutAnonymous(
                facts, facts.relations().getFirst(), facts.policies().getFirst());
    }

    private static String held(PolicyCommand command, Verb... verbs) {
        Facts facts = facts(command, "authenticated");
        return Narrowing.held(
                facts.relations().getFirst(), facts.policies().getFirst(), OWN, List.of(verbs));
    }

    private static Facts facts(PolicyCommand command, String... roles) {
        Policy policy =
                new Policy(
                        1,
                        1,
                        "p",
                        command,
                        true,
                        List.of(roles),
                        Optional.of("true"),
                        Optional.empty());
        return new FactsForTests().table("t", column("id")).policy(policy).build();
    }
}
