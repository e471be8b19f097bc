package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.config.Secret;
import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Observations;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.rule.Judge;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Probing with a login that is no superuser, and of databases that Ashlar never saw.
class ProberLoginIT {
    private static final Secret PASSWORD = new Secret("for-tests-only-0123456789abcdefghij");

    private static PostgresAddress login(DatabaseForTests database, String role) {
        PostgresAddress jdbc = database.jdbc();
        return new PostgresAddress(
                jdbc.host(), jdbc.port(), jdbc.database(), role, PASSWORD, Tls.DISABLE);
    }

    private static final String PLAIN =
            """
            do $$ begin
              create role probe_plain login password 'for-tests-only-0123456789abcdefghij';
            exception when duplicate_object then null; end $$;
            grant anon, authenticated, service_role to probe_plain;
            grant all on schema public to probe_plain;
            grant usage on schema auth to probe_plain;
            """;

    private static final String SCHEMA =
            """
            create table parents (id bigint generated always as identity primary key, user_id uuid not null, body text);
            create policy own on parents to authenticated using (user_id = auth.uid());
            create table children (id int primary key, parent bigint not null references parents, body text);
            create policy own on children to authenticated using
              (exists (select from parents p where p.id = parent and p.user_id = auth.uid()));
            create function set_owner() returns trigger language plpgsql as
              $$ begin new.user_id := coalesce(auth.uid(), new.user_id); return new; end $$;
            create table stamped (id int primary key, user_id uuid not null, body text);
            create policy own on stamped to authenticated using (user_id = auth.uid());
            create trigger set_owner before insert on stamped for each row execute function set_owner();
            create function shout() returns trigger language plpgsql as
              $$ begin perform http_post('https://example.com', new.body); return new; end $$;
            create table loud (id int primary key, body text);
            create policy open on loud using (true);
            create trigger shout after insert on loud for each row execute function shout();
            create table forced (id int primary key, user_id uuid not null, body text);
            alter table forced force row level security;
            create policy own on forced to authenticated using (user_id = auth.uid());
            """;

    @Test
    void the_owner_of_the_tables_is_enough() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.executeAs("ashlar_admin", PLAIN);
        database.executeAs("ashlar_admin", "set role probe_plain; " + SCHEMA);
        database.executeAs(
                "ashlar_admin",
                "grant all on all tables in schema public to anon, authenticated, service_role");
        Probed probed = Probed.of(database, login(database, "probe_plain"));
        for (String table : List.of("parents", "children", "stamped", "forced")) {
            assertThat(probed.unprobed(table)).isEmpty();
            assertThat(probed.user(table, Act.READ_OWN)).as(table).isEqualTo(Outcome.ALLOWED);
            assertThat(probed.user(table, Act.UPDATE_OWN)).as(table).isEqualTo(Outcome.ALLOWED);
            assertThat(probed.user(table, Act.READ_OTHERS)).as(table).isEqualTo(Outcome.DENIED);
            assertThat(probed.user(table, Act.INSERT_OTHERS)).as(table).isEqualTo(Outcome.DENIED);
        }
        assertThat(probed.unprobed("loud")).contains("trigger shout");
        assertThat(database.ask("select last_value from pg_sequences where schemaname = 'public'"))
                .isNull();
    }

    @Test
    void rows_that_need_an_account_are_told_where_none_can_be_made() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        String script =
                """
                create table notes (id int primary key, user_id uuid not null references auth.users, body text);
                create policy own on notes to authenticated using (user_id = auth.uid());
                """;
        database.executeAs("ashlar_admin", PLAIN);
        database.executeAs(
                "ashlar_admin",
                "grant select, references on auth.users to probe_plain; set role probe_plain; "
                        + script);
        database.executeAs("ashlar_admin", "grant all on notes to authenticated");
        Probed without = Probed.of(database, login(database, "probe_plain"));
        assertThat(without.user("notes", Act.READ_OWN)).isEqualTo(Outcome.UNKNOWN);
        assertThat(without.unprobed("notes")).contains("select").contains("foreign key");

        database.executeAs(
                "ashlar_admin",
                "insert into auth.users (id, email) select gen_random_uuid(), n || '@example.com' from generate_series(1, 3) n");
        database.executeAs(
                "ashlar_admin",
                "create policy probe on auth.users for select to probe_plain using (true)");
        Probed with = Probed.of(database, login(database, "probe_plain"));
        assertThat(with.user("notes", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(with.user("notes", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(with.user("notes", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void a_login_that_cannot_become_its_callers_is_told_so() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.execute(
                "create table notes (id int primary key); create policy p on notes using (true);");
        database.executeAs(
                "ashlar_admin",
                """
                do $$ begin
                  create role probe_stranger login password 'for-tests-only-0123456789abcdefghij';
                exception when duplicate_object then null; end $$;
                """);
        Probed probed = Probed.of(database, login(database, "probe_stranger"));
        assertThat(probed.unprobed("notes")).contains("permission denied to set role");
        assertThat(probed.user("notes", Act.READ_OWNERLESS)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void a_caller_whose_role_is_missing_is_told() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.execute(
                "create table notes (id int primary key); create policy p on notes using (true);");
        Callers callers =
                new Callers("anon", "authenticated", "no_such_service", List.of("no_such_editor"));
        try (Connection connection = JdbcConnections.open(database.jdbc(), "ashlar-test")) {
            Facts facts = FactsReader.read(connection, List.of("public"), callers);
            Observations seen = Prober.probe(connection, facts);
            assertThat(seen.unprobed())
                    .containsExactly(
                            new Unprobed(
                                    "",
                                    "no_such_editor",
                                    "",
                                    "there is no such role in this database, so nobody can call as it"));
            assertThat(
                            seen.can(
                                    facts.find("public", "notes").orElseThrow(),
                                    "anon",
                                    Act.READ_OWNERLESS))
                    .isTrue();
            assertThat(Judge.report(facts, seen).unprobed()).isEqualTo(seen.unprobed());
            connection.rollback();
        }
    }

    @Test
    void plain_postgresql_with_roles_of_its_own() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.executeAs(
                "ashlar_admin",
                """
                drop schema auth, storage, realtime cascade;
                do $$ begin
                  create role probe_guest; create role probe_member; create role probe_editor;
                exception when duplicate_object then null; end $$;
                create schema api; grant usage on schema api to probe_guest, probe_member, probe_editor;
                create table api.users (id serial primary key, login text not null unique, ref text not null unique);
                create table api.todos (id serial primary key, sub text not null, done boolean not null default false);
                alter table api.todos enable row level security;
                create policy own on api.todos to probe_member
                  using (sub = current_setting('request.jwt.claims', true)::json ->> 'sub');
                create policy edit on api.todos to probe_editor using (true);
                grant select on api.users to probe_guest;
                grant select, insert, update, delete on api.todos to probe_member, probe_editor;
                """);
        Callers callers =
                new Callers(
                        "probe_guest", "probe_member", "probe_service", List.of("probe_editor"));
        try (Connection connection = JdbcConnections.open(database.jdbc(), "ashlar-test")) {
            Facts facts = FactsReader.read(connection, List.of("api"), callers);
            Observations seen = Prober.probe(connection, facts);
            var todos = facts.find("api", "todos").orElseThrow();
            var users = facts.find("api", "users").orElseThrow();
            assertThat(seen.unprobed()).isEmpty();
            assertThat(seen.can(todos, "probe_member", Act.READ_OWN)).isTrue();
            assertThat(seen.can(todos, "probe_member", Act.READ_OTHERS)).isFalse();
            assertThat(seen.can(todos, "probe_editor", Act.DELETE_OTHERS)).isTrue();
            assertThat(seen.can(todos, "probe_guest", Act.READ_OTHERS)).isFalse();
            assertThat(seen.can(users, "probe_guest", Act.READ_OWNERLESS)).isTrue();
            connection.rollback();
        }
    }
}
