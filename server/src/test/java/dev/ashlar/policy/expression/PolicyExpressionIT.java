package dev.ashlar.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Conditions as people write them, read back as PostgreSQL writes them.
class PolicyExpressionIT {
    private static final Set<String> STABLE = Set.of("private.is_admin", "private.in_org");

    private static final String SCHEMA =
            """
            create schema private;
            create type public.mood as enum ('good', 'bad');
            create table public.members (org int, person uuid, role text);
            create table public.notes (
                id int primary key, owner uuid, org int, title text, email text, tags text[],
                people uuid[], open boolean, mood public.mood, meta jsonb, made timestamptz,
                price numeric, "Odd ""name" text);
            create function private.is_admin() returns boolean language sql stable
                as 'select exists (select 1 from public.members where person = auth.uid() and role = ''admin'')';
            create function private.in_org(int) returns boolean language sql stable
                as 'select exists (select 1 from public.members where org = $1 and person = auth.uid())';
            insert into public.members values
                (1, '00000000-0000-0000-0000-00000000000a', 'admin'),
                (2, '00000000-0000-0000-0000-00000000000b', 'member');
            insert into public.notes select
                i, ('00000000-0000-0000-0000-00000000000' || (array['a','b','c'])[1 + i % 3])::uuid,
                i % 4, 'title ' || i, case i % 3 when 0 then 'a@x.org' else 'b@x.org' end,
                array['t' || i % 2], array['00000000-0000-0000-0000-00000000000a'::uuid],
                i % 5 = 0, case i % 2 when 0 then 'good'::public.mood end,
                jsonb_build_object('k', i), '2026-01-01'::timestamptz + i * interval '1 day',
                i * 1.5, 'x'
                from generate_series(1, 60) i;
            """;

    private static final List<String> CONDITIONS =
            List.of(
                    "true",
                    "false",
                    "auth.uid() = owner",
                    "(select auth.uid()) = owner",
                    "auth.uid() = owner and open",
                    "auth.uid() = owner or open or org = 2",
                    "not (open and org = 1) and (title = 'title 3' or title is null)",
                    "auth.role() = 'authenticated'",
                    "auth.jwt() ->> 'email' = email",
                    "auth.email() = email",
                    "(auth.jwt() -> 'app_metadata' ->> 'org')::int = org",
                    "coalesce((auth.jwt() ->> 'admin')::boolean, false) or owner = auth.uid()",
                    "current_setting('request.jwt.claims', true)::json ->> 'sub' = owner::text",
                    "exists (select 1 from members m where m.org = notes.org and m.person = auth.uid())",
                    "exists (select 1 from public.members where members.org = notes.org and person = (select auth.uid()) and role in ('admin', 'owner'))",
                    "org in (select org from members where person = auth.uid())",
                    "org not in (select org from members where person = auth.uid() and org is not null)",
                    "org = any (array(select org from members where person = auth.uid()))",
                    "auth.uid() = any (people)",
                    "owner <> all (people)",
                    "private.is_admin()",
                    "private.is_admin() or private.in_org(org)",
                    "not private.is_admin() and auth.uid() is not null",
                    "mood = 'good' or mood is distinct from 'bad'",
                    "open is true or open is not false",
                    "org between 1 and 2 and price not between 3 and 10",
                    "title like 'title 1%' or title ilike any (array['%2', '%3'])",
                    "title not similar to '%(4|5)' and title ~ '^title'",
                    "tags @> array['t1'] or tags && '{t0}'",
                    "meta @> '{\"k\": 3}' or meta ? 'k' and (meta ->> 'k')::int > 10",
                    "made > now() - interval '100 years' and made at time zone 'UTC' < '2027-01-01'",
                    "case when open then auth.uid() = owner when org = 1 then true else private.is_admin() end",
                    "case org when 1 then open else not open end",
                    "(org, owner) in (select org, person from members)",
                    "\"Odd \"\"name\" = 'it''s' or \"Odd \"\"name\" = E'back\\\\slash'",
                    "extract(day from made) > 3 and price * 2 + 1 > org - -1",
                    "length(title || coalesce(email, '')) > 5 and left(title, 2) = 'ti'",
                    "title collate \"C\" < 'title 4' and tags[1] = 't1'",
                    "(select count(*) filter (where m.org = notes.org) from members m) > 0 and owner = auth.uid()",
                    "(select role from members where person = auth.uid() order by role limit 1) = 'admin'",
                    "org in (select org from members union select 3) and owner = auth.uid()",
                    "owner = (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')::uuid and current_user <> 'nobody'",
                    "(auth.jwt() ->> 'sub')::uuid = owner and (auth.jwt() -> 'roles') ? 'editor'",
                    "greatest(org, 1) = 1 and nullif(org, 2) is not null and overlay(title placing 'x' from 1 for 1) <> ''");

    private static DatabaseForTests database;

    @BeforeAll
    static void prepare() {
        database = PostgresForTests.fresh();
        database.execute(SCHEMA);
        for (int i = 0; i < CONDITIONS.size(); i++) {
            database.execute(
                    "create policy p%d on public.notes using (%s)".formatted(i, CONDITIONS.get(i)));
        }
    }

    @Test
    void everyConditionIsGivenBackAndUnderstood() throws SQLException {
        List<String> written = written();
        assertThat(written).hasSizeGreaterThan(40);
        assertThat(written)
                .allSatisfy(text -> {
                    PolicyExpression parsed = PolicyExpression.parse(text);
                    assertThat(parsed.sql()).isEqualTo(text);
                    assertThat(parsed.leaves())
                            .noneMatch(leaf ->
                                    leaf instanceof PolicyExpression.Other
                                            && leaf.parts().isEmpty());
                });
    }

    @Test
    void callsOnceAnswerTheSame() throws SQLException {
        int changed = 0;
        try (Connection connection = JdbcConnections.open(database.jdbc(), "test")) {
            for (String text : written()) {
                String once = PolicyExpression.parse(text).withCallsOnce(STABLE);
                changed += once.equals(text) ? 0 : 1;
                for (String claims :
                        List.of(
                                "{}",
                                "{\"sub\": \"00000000-0000-0000-0000-00000000000a\", \"role\":"
                                        + " \"authenticated\", \"email\": \"a@x.org\", \"roles\":"
                                        + " [\"editor\"]}",
                                "{\"sub\": \"00000000-0000-0000-0000-00000000000b\","
                                        + " \"admin\": true, \"app_metadata\": {\"org\": 2}}")) {
                    assertThat(ids(connection, once, claims))
                            .as(once)
                            .isEqualTo(ids(connection, text, claims));
                }
                assertAccepted(connection, once);
            }
        }
        assertThat(changed).isGreaterThan(20);
    }

    private static void assertAccepted(Connection connection, String condition)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(
                    "begin; create policy once on public.notes using ("
                            + condition
                            + "); rollback");
        }
    }

    private static List<Integer> ids(Connection connection, String condition, String claims)
            throws SQLException {
        try (PreparedStatement set =
                connection.prepareStatement("select set_config('request.jwt.claims', ?, false)")) {
            set.setString(1, claims);
            set.execute();
        }
        List<Integer> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows =
                    statement.executeQuery(
                            "select id from public.notes where (" + condition + ") order by id")) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
        }
        return ids;
    }

    private static List<String> written() throws SQLException {
        List<String> all = new ArrayList<>();
        try (Connection connection = JdbcConnections.open(database.jdbc(), "test");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select pg_get_expr(polqual, polrelid) from pg_policy order by"
                                        + " polname")) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }
}
