package dev.ashlar.policy.exposure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions stand here as `pg_get_expr` writes them.
class ConditionsTest {
    private static final Optional<String> NONE = Optional.empty();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(auth.uid() IS NOT NULL)",
                "(( SELECT auth.uid() AS uid) IS NOT NULL)",
                "(auth.role() = 'authenticated'::text)",
                "(( SELECT auth.role() AS role) = 'authenticated'::text)"
            })
    void any_account_will_do(String text) {
        assertThat(Conditions.signedInOnly(text)).isTrue();
        assertThat(Conditions.asksWho(text)).isFalse();
        assertThat(Conditions.asks(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(auth.uid() = user_id)",
                "((auth.uid() IS NOT NULL) AND (auth.uid() = user_id))",
                "((auth.jwt() ->> 'sub'::text) = user_id)"
            })
    void one_account_is_meant(String text) {
        assertThat(Conditions.signedInOnly(text)).isFalse();
        assertThat(Conditions.asksWho(text)).isTrue();
    }

    @Test
    void the_conditions_of_a_verb() {
        Policy all = policy(PolicyCommand.ALL, Optional.of("u"), NONE);
        assertThat(Conditions.conditions(all, Verb.SELECT)).containsExactly("u");
        assertThat(Conditions.conditions(all, Verb.INSERT)).containsExactly("u");
        assertThat(Conditions.conditions(all, Verb.UPDATE)).containsExactly("u");
        Policy both = policy(PolicyCommand.UPDATE, Optional.of("u"), Optional.of("c"));
        assertThat(Conditions.conditions(both, Verb.UPDATE)).containsExactly("u", "c");
        assertThat(Conditions.conditions(both, Verb.DELETE)).containsExactly("u");
        Policy insert = policy(PolicyCommand.INSERT, NONE, Optional.of("c"));
        assertThat(Conditions.conditions(insert, Verb.INSERT)).containsExactly("c");
    }

    @Test
    void open_to_anybody_or_to_accounts() {
        Conditions conditions = new Conditions();
        Policy anybody = policy(PolicyCommand.SELECT, Optional.of("true"), NONE);
        Policy accounts =
                policy(PolicyCommand.SELECT, Optional.of("(auth.uid() IS NOT NULL)"), NONE);
        Policy half = policy(PolicyCommand.UPDATE, Optional.of("true"), Optional.of("(a = 1)"));
        assertThat(conditions.open(anybody, Verb.SELECT)).isTrue();
        assertThat(conditions.open(accounts, Verb.SELECT)).isFalse();
        assertThat(conditions.openToUsers(accounts, Verb.SELECT)).isTrue();
        assertThat(conditions.open(half, Verb.UPDATE)).isFalse();
        assertThat(
                        conditions.neverAllows(
                                policy(PolicyCommand.SELECT, Optional.of("false"), NONE),
                                Verb.SELECT))
                .isTrue();
    }

    @Test
    void what_is_believed() {
        assertThat(
                        Conditions.believesUserMetadata(
                                "(((auth.jwt() -> 'user_metadata'::text) ->> 'admin'::text) = 'x'::text)"))
                .isTrue();
        assertThat(Conditions.believesUserMetadata("(auth.jwt() -> 'app_metadata'::text)"))
                .isFalse();
        assertThat(Conditions.believesRequest("current_setting('request.headers'::text)")).isTrue();
        assertThat(Conditions.believesRequest("current_setting('request.jwt.claims'::text)"))
                .isFalse();
        assertThat(Conditions.goesByEmail("((auth.jwt() ->> 'email'::text) = mail)")).isTrue();
        assertThat(Conditions.goesByEmail("(email = 'a'::text)")).isFalse();
    }

    @Test
    void looking_elsewhere() {
        assertThat(Conditions.looksElsewhere("(a = ( SELECT auth.uid() AS uid))")).isFalse();
        assertThat(Conditions.looksElsewhere("(EXISTS ( SELECT 1 FROM public.m))")).isTrue();
        assertThat(Conditions.looksElsewhere("app.member(a)")).isTrue();
        assertThat(Conditions.looksElsewhere("storage.foldername(name)")).isFalse();
    }

    private static Policy policy(
            PolicyCommand command, Optional<String> using, Optional<String> check) {
        return new Policy(1, 1, "p", command, true, List.of("authenticated"), using, check);
    }
}
