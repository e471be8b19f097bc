package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions stand here as `pg_get_expr` writes them.
class PolicyTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(auth.uid() = user_id)",
                "(user_id = auth.uid())",
                "(user_id = ( SELECT auth.uid() AS uid))",
                "(( SELECT auth.uid() AS uid) = user_id)",
                "((user_id)::text = (auth.jwt() ->> 'sub'::text))",
                "((auth.uid())::text = (user_id)::text)",
                "(user_id = ((current_setting('request.jwt.claims'::text, true))::json ->> 'sub'::text)::uuid)",
                "(user_id = (NULLIF(current_setting('request.jwt.claim.sub'::text, true), ''::text))::uuid)",
                "(user_id = app.me())",
                "((state = 'open'::text) AND (user_id = auth.uid()))"
            })
    void a_column_that_must_be_the_caller(String condition) {
        assertThat(text(condition).comparesAccount("user_id")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(user_id IS NOT NULL)",
                "(auth.uid() = other_user_id)",
                "(user_id <> auth.uid())",
                "(EXISTS ( SELECT 1 FROM public.m WHERE (m.user_id = auth.uid())))",
                "(user_id = 'auth.uid()'::text)",
                "(\"user_id x\" = auth.uid())"
            })
    void a_column_that_need_not_be(String condition) {
        assertThat(text(condition).comparesAccount("user_id")).isFalse();
    }

    @Test
    void names_that_need_quotes() {
        assertThat(text("(\"userId\" = auth.uid())").comparesAccount("userId")).isTrue();
        assertThat(text("(\"a\"\"b\" = auth.uid())").comparesAccount("a\"b")).isTrue();
        assertThat(text("(userid = auth.uid())").comparesAccount("userId")).isFalse();
    }

    @Test
    void addresses() {
        assertThat(text("(mail = auth.email())").comparesMail("mail")).isTrue();
        assertThat(text("((auth.jwt() ->> 'email'::text) = mail)").comparesMail("mail")).isTrue();
        assertThat(text("(mail = auth.uid())").comparesMail("mail")).isFalse();
    }

    @Test
    void lists_that_must_hold_the_caller() {
        assertThat(text("(auth.uid() = ANY (members))").searchesAccount("members")).isTrue();
        assertThat(text("(( SELECT auth.uid() AS uid) = ANY (members))").searchesAccount("members"))
                .isTrue();
        assertThat(text("(members @> ARRAY[auth.uid()])").searchesAccount("members")).isTrue();
        assertThat(text("(owner = ANY (members))").searchesAccount("members")).isFalse();
    }

    @Test
    void who_is_asked_for() {
        assertThat(text("(a = auth.uid())").asksForCaller()).isTrue();
        assertThat(text("(a = app.me())").asksForCaller()).isTrue();
        assertThat(text("(CURRENT_USER = a)").asksForCaller()).isTrue();
        assertThat(text("(a = app.you())").asksForCaller()).isFalse();
        assertThat(new PolicyText("(a = app.me())", Set.of()).asksForCaller()).isFalse();
    }

    @Test
    void own_columns_and_not_those_of_others() {
        PolicyText text = text("((state = 1) AND (t.kind = 2) AND (note = 'colour'::text))");
        assertThat(text.mentions("state")).isTrue();
        assertThat(text.mentions("kind")).isFalse();
        assertThat(text.mentions("colour")).isFalse();
        assertThat(text.mentions("stat")).isFalse();
    }

    @Test
    void looking_elsewhere() {
        assertThat(text("(EXISTS ( SELECT 1 FROM public.m))").looksElsewhere()).isTrue();
        assertThat(text("app.member(team_id)").looksElsewhere()).isTrue();
        assertThat(text("(lower(name) = 'x'::text)").looksElsewhere()).isFalse();
        assertThat(text("(a = auth.uid())").looksElsewhere()).isFalse();
    }

    @Test
    void literals_in_order() {
        assertThat(text("((a = 'it''s'::text) OR (a = 'b'::text))").literals("a"))
                .containsExactly("it's", "b");
        assertThat(text("(level >= 3)").literals("level")).containsExactly("3");
        assertThat(text("(level >= '-3'::integer)").literals("level")).isEmpty();
        assertThat(text("(a = ANY (ARRAY['x'::text, 'y, z'::text]))").literals("a"))
                .containsExactly("x", "y, z");
        assertThat(text("(a = ANY ('{x,y}'::text[]))").literals("a")).containsExactly("x", "y");
        assertThat(text("((b)::text = 'x'::text)").literals("b")).containsExactly("x");
        assertThat(text("(b <> 'x'::text)").literals("b")).isEmpty();
        assertThat(text("(m.role = 'admin'::text)").literals("role")).isEmpty();
        assertThat(text("(m.role = 'admin'::text)").literalsOfOthers("role"))
                .containsExactly("admin");
    }

    @Test
    void null_and_time() {
        assertThat(text("(deleted_at IS NULL)").wantsNull("deleted_at")).isTrue();
        assertThat(text("(deleted_at IS NOT NULL)").wantsNull("deleted_at")).isFalse();
        assertThat(text("(deleted_at IS NOT NULL)").wantsNoNull("deleted_at")).isTrue();
        assertThat(text("(ends_at > now())").wantsFuture("ends_at")).isTrue();
        assertThat(text("(ends_at >= CURRENT_DATE)").wantsFuture("ends_at")).isTrue();
        assertThat(text("(ends_at > now())").wantsPast("ends_at")).isFalse();
        assertThat(text("(starts_at <= now())").wantsPast("starts_at")).isTrue();
    }

    /// PostgreSQL keeps the sides as they were written.
    @Test
    void the_other_way_round() {
        assertThat(text("('open'::text = state)").literals("state")).containsExactly("open");
        assertThat(text("(now() < ends_at)").wantsFuture("ends_at")).isTrue();
        assertThat(text("(now() >= starts_at)").wantsPast("starts_at")).isTrue();
        assertThat(text("(now() < ends_at)").wantsPast("ends_at")).isFalse();
    }

    private static PolicyText text(String condition) {
        return new PolicyText(condition, Set.of("app.me"));
    }
}
