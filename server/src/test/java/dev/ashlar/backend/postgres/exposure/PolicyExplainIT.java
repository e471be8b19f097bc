package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.ops.policy.ExplanationJson;
import dev.ashlar.ops.policy.ExplanationText;
import dev.ashlar.ops.policy.WhereText;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Explanation.RowAnswer;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PolicyExplainIT {
    private static final String ANN = "a0000000-0000-4000-8000-000000000001";
    private static final String BEN = "b0000000-0000-4000-8000-000000000002";

    private static DatabaseForTests database;

    @BeforeAll
    static void fill() {
        database = PostgresForTests.fresh();
        database.executeAs(
                "ashlar_admin",
                "create role explain_editor; grant explain_editor to postgres;"
                        + " grant usage on schema auth to explain_editor");
        database.executeAs(
                "supabase_auth_admin",
                "insert into auth.users (id, email, role, aud, raw_app_meta_data) values ('"
                        + ANN
                        + "', 'ann@example.com', 'authenticated', 'authenticated', '{\"org\": 7}')");
        database.execute(
                """
                create table public.notes (
                  id int primary key, user_id uuid default auth.uid(), body text, archived bool default false);
                create policy "own notes" on public.notes for select to authenticated
                  using (user_id = (select auth.uid()) and not archived);
                create policy "own notes: add" on public.notes for insert to authenticated
                  with check (user_id = auth.uid());
                create policy "own notes: change" on public.notes for update to authenticated
                  using (user_id = auth.uid());
                grant select, insert, update on public.notes to authenticated, anon;
                insert into public.notes values
                  (1, '%1$s', 'x', false), (2, '%2$s', 'y', false), (3, '%1$s', 'z', true), (4, null, 'n', false);

                create table public.docs (id int primary key, team_id int, secret text);
                create table public.members (team_id int, user_id uuid, primary key (team_id, user_id));
                create policy "team reads" on public.docs for select to authenticated using (
                  exists (select from public.members m
                    where m.team_id = docs.team_id and m.user_id = auth.uid()));
                revoke all on public.docs from anon, authenticated;
                grant select (id, team_id) on public.docs to authenticated;
                grant select on public.members to authenticated;
                insert into public.docs values (1, 10, 's'), (2, 20, 't');
                insert into public.members values (10, '%1$s');

                create table public.plans (id int primary key, org int, price int);
                create policy "everybody" on public.plans using (true) with check (true);
                create policy "own organisation" on public.plans as restrictive
                  using (org = ((auth.jwt() -> 'app_metadata' ->> 'org'))::int);
                create policy "is editor" on public.plans as restrictive for delete
                  using (current_user = 'explain_editor');
                grant select, insert, update, delete on public.plans to authenticated, explain_editor;
                insert into public.plans values (1, 7, 10), (2, 8, 20);

                create table public.closed (id int primary key);
                create policy "only delete" on public.closed for delete to authenticated using (true);
                grant select on public.closed to authenticated;
                insert into public.closed values (1);

                create table public.loop (id int primary key, parent int);
                create policy "itself" on public.loop for select to authenticated
                  using (exists (select from public.loop other where other.id = loop.parent));
                grant select on public.loop to authenticated;
                insert into public.loop values (1, 1);

                create table public.odd ("Key?" int primary key, tags jsonb, state text);
                create policy "has tag" on public.odd for select to authenticated
                  using (tags ? 'a' and state <> 'x?y' and case when state = 'b' and true then true else false end);
                grant select on public.odd to authenticated;
                insert into public.odd values (1, '{"a": 1}', 'b'), (2, '{"b": 1}', 'c');

                create schema private;
                create table private.keys (id int primary key);
                insert into private.keys values (1);
                """
                        .formatted(ANN, BEN));
    }

    private static Explanation ask(
            String table, String as, Verb verb, String values, String... where) {
        int dot = table.indexOf('.');
        return explainer("postgres")
                .explain(
                        new Question(
                                dot < 0 ? "public" : table.substring(0, dot),
                                table.substring(dot + 1),
                                verb,
                                as,
                                JsonObject.EMPTY,
                                new Question.Rows.Matching(WhereText.parse(Arrays.asList(where))),
                                object(values)));
    }

    private static PolicyExplainer explainer(String login) {
        return new PolicyExplainer(
                database.address(login),
                ExplainReach.of(List.of("public", "extensions"), Optional.empty()));
    }

    private static JsonObject object(String json) {
        try {
            return (JsonObject) Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Explanation read(String table, String as, String... where) {
        Explanation explanation = ask(table, as, Verb.SELECT, "{}", where);
        // Whatever is said follows from clauses; what PostgreSQL does has the last word.
        for (RowAnswer row : explanation.rows()) {
            row.confirmed().ifPresent(seen -> assertThat(seen).isEqualTo(row.allowed()));
        }
        return explanation;
    }

    private static String text(Explanation explanation) {
        assertThat(Json.write(ExplanationJson.of(explanation))).contains("\"verb\"");
        return ExplanationText.of(explanation);
    }

    @Test
    void anOwnRowIsSeen() {
        Explanation explanation = read("notes", ANN, "id=1");
        assertThat(explanation.rows()).singleElement().matches(RowAnswer::allowed);
        assertThat(explanation.rows().getFirst().confirmed()).contains(true);
        assertThat(text(explanation)).contains("id=1  is seen").doesNotContain("because");
    }

    @Test
    void theClauseThatIsFalseIsNamedWithItsValues() {
        assertThat(text(read("notes", ANN, "id=eq.2")))
                .contains(
                        "id=2  is not seen",
                        "policy \"own notes\" for SELECT: user_id = ( SELECT auth.uid() AS uid) is false",
                        "user_id = '" + BEN + "', auth.uid() = '" + ANN + "'");
    }

    @Test
    void onlyTheClauseThatIsFalseIsBlamed() {
        assertThat(text(read("notes", ANN, "id=eq.3")))
                .contains("NOT archived is false, with archived = 'true'")
                .doesNotContain("uid) is false");
    }

    @Test
    void nullIsToldApartFromFalse() {
        assertThat(text(read("notes", ANN, "id=eq.4"))).contains("is null, with user_id = null");
    }

    @Test
    void anAddressIsAnAccount() {
        Explanation explanation = read("notes", "ANN@example.com", "id=1");
        assertThat(explanation.asker().claims().findText("sub")).contains(ANN);
        assertThat(explanation.rows()).singleElement().matches(RowAnswer::allowed);
        assertThatThrownBy(() -> read("notes", "nobody@example.com"))
                .isInstanceOf(PolicyQuestionException.class);
    }

    @Test
    void aUserWithoutAnAccountIsTakenAtTheirId() {
        Explanation explanation = read("notes", BEN, "id=2");
        assertThat(explanation.rows()).singleElement().matches(RowAnswer::allowed);
        assertThat(explanation.remarks()).anyMatch(remark -> remark.contains("No account"));
    }

    @Test
    void noPolicyIsForAnonymousCallers() {
        Explanation explanation = read("notes", "anon", "id=1");
        assertThat(text(explanation))
                .contains("no policy lets anon SELECT: every row is left out, without an error");
        assertThat(explanation.rows()).singleElement().matches(row -> !row.allowed());
    }

    /// As databases have it that were made for older servers, which set each claim by itself.
    @Test
    void anIdThatIsReadFromElsewhereIsNoMissingClaim() {
        DatabaseForTests other = PostgresForTests.plain();
        other.execute(
                """
                create schema auth;
                create function auth.uid() returns uuid language sql stable as $$
                  select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
                grant usage on schema auth to public;
                create table public.old (id int primary key, owner uuid);
                alter table public.old enable row level security;
                create policy own on public.old to authenticated using (owner = auth.uid());
                grant select on public.old to authenticated;
                insert into public.old values (1, '%s');
                """
                        .formatted(ANN));
        Explanation explanation =
                new PolicyExplainer(
                                other.jdbc(), ExplainReach.of(List.of("public"), Optional.empty()))
                        .explain(
                                new Question(
                                        "public",
                                        "old",
                                        Verb.SELECT,
                                        ANN,
                                        JsonObject.EMPTY,
                                        new Question.Rows.Matching(
                                                WhereText.parse(List.of("id=1"))),
                                        JsonObject.EMPTY));
        assertThat(text(explanation))
                .contains("auth.uid() is null, although the claims have a `sub`")
                .doesNotContain("no `sub`");
    }

    @Test
    void aSignedInRoleWithoutClaimsHasNoId() {
        assertThat(text(read("notes", "authenticated", "id=1")))
                .contains("auth.uid() is null: the claims have no `sub`");
    }

    @Test
    void aMissingGrantIsNamed() {
        Explanation table = read("docs", "anon", "id=1");
        assertThat(text(table))
                .contains("anon may not SELECT: grant select on public.docs to anon");
        assertThat(table.rows()).singleElement().matches(row -> !row.allowed());
    }

    @Test
    void aMissingSchemaIsNamed() {
        assertThat(text(read("private.keys", "anon", "id=1")))
                .contains("grant usage on schema private to anon");
    }

    @Test
    void aMissingColumnIsNamed() {
        assertThat(text(read("docs", ANN, "id=1"))).contains("may not read the column secret");
        Explanation filtered = read("docs", ANN, "secret=s");
        assertThat(filtered.access().missing()).containsExactly("secret");
    }

    @Test
    void whatASubSelectDoesNotSeeIsSaid() {
        String text = text(read("docs", ANN, "id=1"));
        assertThat(text)
                .contains(
                        "is false, with team_id = '10', auth.uid() = '" + ANN + "'",
                        "in public.members there is what the policy looks for, but authenticated"
                                + " does not see it there: row-level security is on there, and no"
                                + " policy is for SELECT by authenticated",
                        "public.members team_id=10 user_id=" + ANN + " is not seen");
        assertThat(text(read("docs", ANN, "id=2"))).contains("public.members holds nothing");
    }

    @Test
    void aRestrictivePolicyIsTold() {
        assertThat(text(read("plans", ANN, "id=2")))
                .contains(
                        "restrictive policy \"own organisation\" for SELECT", "org = '8'", "= '7'");
        assertThat(read("plans", ANN, "id=1").rows()).singleElement().matches(RowAnswer::allowed);
    }

    @Test
    void theRoleIsTheCallersWhereItMatters() {
        JsonObject org = object("{\"app_metadata\": {\"org\": 7}}");
        Question question =
                new Question(
                        "public",
                        "plans",
                        Verb.DELETE,
                        "explain_editor",
                        org,
                        new Question.Rows.Matching(WhereText.parse(List.of("id=1"))),
                        JsonObject.EMPTY);
        assertThat(explainer("postgres").explain(question).rows())
                .singleElement()
                .matches(RowAnswer::allowed);
        assertThat(text(ask("plans", ANN, Verb.DELETE, "{}", "id=1")))
                .contains("cannot be deleted", "restrictive policy \"is editor\" for DELETE");
    }

    @Test
    void aPolicyForAnotherVerbDoesNotOpen() {
        assertThat(text(read("closed", ANN, "id=1")))
                .contains("no policy lets authenticated SELECT");
    }

    @Test
    void anInsertIsHeldToItsCheck() {
        assertThat(
                        text(
                                ask(
                                        "notes",
                                        ANN,
                                        Verb.INSERT,
                                        "{\"id\": 9, \"user_id\": \"" + BEN + "\"}")))
                .contains("cannot be inserted", "WITH CHECK", "user_id = '" + BEN + "'");
    }

    @Test
    void defaultsOfANewRowAreTheCallers() {
        Explanation explanation = ask("notes", ANN, Verb.INSERT, "{\"id\": 9, \"body\": \"new\"}");
        assertThat(explanation.rows()).singleElement().matches(RowAnswer::allowed);
        assertThat(explanation.rows().getFirst().values()).containsEntry("user_id", ANN);
    }

    @Test
    void anInsertThatCannotBeReturnedIsToldApart() {
        assertThat(text(ask("notes", ANN, Verb.INSERT, "{\"id\": 9, \"archived\": true}")))
                .contains("can be inserted", "return=representation");
    }

    @Test
    void anUpdateIsHeldToItsNewRow() {
        String text =
                text(ask("notes", ANN, Verb.UPDATE, "{\"user_id\": \"" + BEN + "\"}", "id=1"));
        assertThat(text)
                .contains("cannot be updated", "(WITH CHECK, on the new row)")
                .contains("policies for UPDATE, on the row: passed");
    }

    @Test
    void anUpdateThatHidesTheRowIsRefused() {
        assertThat(text(ask("notes", ANN, Verb.UPDATE, "{\"archived\": true}", "id=1")))
                .contains("cannot be updated", "for SELECT, on the new row: NOT archived is false");
    }

    @Test
    void aPolicyThatFailsSaysWhy() {
        assertThat(text(read("loop", ANN, "id=1")))
                .contains("infinite recursion detected in policy");
    }

    @Test
    void questionMarksAndCasesAreNoTrouble() {
        assertThat(read("odd", ANN, "Key?=1").rows()).singleElement().matches(RowAnswer::allowed);
        assertThat(text(read("odd", ANN, "Key?=2")))
                .contains("tags ? 'a'::text is false")
                .doesNotContain("'x?y'::text is false");
    }

    @Test
    void aRowThatIsNotThereIsNotThere() {
        assertThat(read("notes", ANN, "id=99").remarks())
                .containsExactly("No row of public.notes matches: it is not there for anybody.");
    }

    @Test
    void whoPassesByIsTold() {
        assertThat(text(read("notes", "service_role", "id=1")))
                .contains("passes by row-level security");
    }

    @Test
    void badQuestionsAreRefusedInWords() {
        assertThatThrownBy(() -> read("nothing", ANN)).hasMessageContaining("There is no table");
        assertThatThrownBy(() -> read("notes", "nobody_at_all")).hasMessageContaining("no role");
        assertThatThrownBy(() -> read("notes", ANN, "nope=1")).hasMessageContaining("no column");
        assertThatThrownBy(() -> read("notes", ANN, "id=x")).hasMessageContaining("integer");
    }

    @Test
    void moreRowsThanAreAnsweredForAreTold() {
        database.execute(
                "create table public.many (id int primary key);"
                        + "insert into public.many select generate_series(1, 50);"
                        + "grant select on public.many to anon");
        Explanation explanation = read("many", "anon");
        assertThat(explanation.rows()).hasSize(ExplainReach.MOST_ROWS);
        assertThat(explanation.more()).isEqualTo(Explanation.More.YES);
    }

    @Test
    void nothingIsLeftBehind() {
        ask("notes", ANN, Verb.INSERT, "{\"id\": 77}");
        ask("notes", ANN, Verb.UPDATE, "{\"body\": \"changed\"}", "id=1");
        assertThat(database.ask("select count(*) || max(body) from public.notes")).isEqualTo("4z");
    }
}
