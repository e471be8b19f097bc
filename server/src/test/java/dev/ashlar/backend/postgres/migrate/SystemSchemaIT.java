package dev.ashlar.backend.postgres.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What our own migrations leave behind: who is who, and who may what.
class SystemSchemaIT {
    private static DatabaseForTests database;

    @BeforeAll
    static void start() {
        database = PostgresForTests.fresh();
    }

    @ParameterizedTest
    @CsvSource({
        // role, logs in, superuser, bypasses row-level security, inherits, creates roles
        "postgres,               t f t t t",
        "authenticator,          t f f f f",
        "anon,                   f f f f f",
        "authenticated,          f f f f f",
        "service_role,           f f t f f",
        "supabase_auth_admin,    t f f f f",
        "supabase_storage_admin, t f f f f",
    })
    void rolesHaveTheirAttributes(String role, String attributes) {
        assertThat(
                        database.ask(
                                "select concat_ws(' ', rolcanlogin, rolsuper, rolbypassrls,"
                                        + " rolinherit, rolcreaterole) from pg_roles where rolname = '"
                                        + role
                                        + "'"))
                .isEqualTo(attributes);
    }

    @Test
    void passwordsAreKeptAsVerifiersOnly() {
        assertThat(
                        database.ask(
                                "select string_agg(distinct left(rolpassword, 14), ' ') from pg_authid"
                                        + " where rolpassword is not null"))
                .isEqualTo("SCRAM-SHA-256$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from auth.users",
                "select * from auth.refresh_tokens",
                "select * from auth.signing_keys",
                "insert into auth.users (id) values (gen_random_uuid())",
                "create table public.mine (x int)",
                "create schema mine",
                "select * from ashlar.exposed_schema",
                "truncate storage.objects",
                "set role postgres",
                "set role supabase_auth_admin",
            })
    void callersAreRefused(String sql) {
        for (String role : new String[] {"anon", "authenticated", "service_role"}) {
            assertThatThrownBy(() -> as(role, sql))
                    .as(role)
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select auth.uid(), auth.role(), auth.jwt(), auth.email()",
                "select * from storage.objects",
                "select realtime.topic()",
                "select storage.filename('a/b.png')",
                "select uuid_generate_v4(), digest('x', 'sha256')"
            })
    void callersMay(String sql) {
        for (String role : new String[] {"anon", "authenticated", "service_role"}) {
            assertThatCode(() -> as(role, sql)).as(role).doesNotThrowAnyException();
        }
    }

    @Test
    void theAuthenticatorCanOnlySwitch() {
        assertThatThrownBy(() -> login("authenticator", "select * from storage.objects"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> login("authenticator", "select auth.uid()"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> login("authenticator", "create role more"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> login("authenticator", "alter role anon login"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void claimsReachPolicies() throws SQLException {
        String claims =
                "set request.jwt.claims = '{\"sub\": \"aaaaaaaa-0000-4000-8000-000000000001\","
                        + " \"role\": \"authenticated\", \"email\": \"a@example.test\"}';";
        try (Connection connection = JdbcConnections.open(database.authenticator(), "test");
                Statement statement = connection.createStatement()) {
            statement.execute("set role anon");
            try (var none = statement.executeQuery("select auth.uid(), auth.role(), auth.jwt()")) {
                none.next();
                assertThat(none.getString(1)).isNull();
                assertThat(none.getString(2)).isNull();
                assertThat(none.getString(3)).isNull();
            }
            statement.execute(claims);
            try (var some =
                    statement.executeQuery(
                            "select concat_ws(' ', auth.uid(), auth.role(), auth.email(),"
                                    + " auth.jwt() ->> 'sub')")) {
                some.next();
                assertThat(some.getString(1))
                        .isEqualTo(
                                "aaaaaaaa-0000-4000-8000-000000000001 authenticated"
                                        + " a@example.test aaaaaaaa-0000-4000-8000-000000000001");
            }
        }
    }

    @Test
    void migrationsOfOthersFindWhatTheyExpect() {
        database.execute(
                """
                create table public.profile (id uuid primary key references auth.users on delete cascade);
                create function public.on_sign_up() returns trigger language plpgsql
                security definer set search_path = '' as $$
                begin insert into public.profile values (new.id); return new; end $$;
                create trigger on_sign_up after insert on auth.users
                  for each row execute function public.on_sign_up();
                create policy "own files" on storage.objects for select to authenticated
                  using ((storage.foldername(name))[1] = (select auth.uid())::text);
                create policy "own channel" on realtime.messages for select to authenticated
                  using (realtime.topic() = 'room:' || (select auth.uid()));
                create extension if not exists pg_trgm with schema extensions;
                """);
        database.executeAs(
                "supabase_auth_admin",
                "insert into auth.users (id, email) values (gen_random_uuid(), 'p@example.test')");
        assertThat(database.ask("select count(*) from public.profile")).isEqualTo("1");
        assertThatThrownBy(() ->
                        database.executeAs(
                                "supabase_auth_admin",
                                "insert into auth.users (id, email)"
                                        + " values (gen_random_uuid(), 'p@example.test')"))
                .hasMessageContaining("users_email_partial_key");
        database.execute("delete from auth.users where email = 'p@example.test'");
        assertThat(database.ask("select count(*) from public.profile")).isEqualTo("0");
    }

    @Test
    void storagePathsComeApart() {
        assertThat(
                        database.ask(
                                "select concat_ws(' ', storage.foldername('a/b/c.tar.gz')::text,"
                                        + " storage.filename('a/b/c.tar.gz'),"
                                        + " storage.extension('a/b/c.tar.gz'))"))
                .isEqualTo("{a,b} c.tar.gz gz");
    }

    private static void as(String role, String sql) {
        login("authenticator", "set role " + role + "; " + sql);
    }

    private static void login(String role, String sql) {
        database.executeAs(role, sql);
    }
}
