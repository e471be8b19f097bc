package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What code in the database is found to do: taking it for harmless would let one request see what
/// another set, or keep from code what it asks for; taking it for harmful makes every read dearer.
class SessionGuardIT {
    private static DatabaseForTests database;

    @BeforeAll
    static void open() {
        database = PostgresForTests.fresh();
        database.execute("create schema code");
    }

    @AfterAll
    static void close() {
        database.execute("drop schema code cascade");
    }

    /// Among other things, our own migrations are there.
    @Test
    void aFreshDatabaseIsHarmless() {
        assertThat(traits("select 1")).isEqualTo("f f f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create function code.f() returns text language sql as"
                        + " $$ select current_setting('request.jwt.claims', true) $$",
                "create function code.f() returns text language sql as"
                        + " $$ select Current_Setting ( 'app.tenant'::text , true) $$",
                "create function code.f() returns text language sql return"
                        + " current_setting('request.jwt.claims', true)",
                "create policy p on code.t using"
                        + " (a = current_setting('request.jwt.claims', true)::json->>'sub')",
                "create policy p on code.t using (a = current_setting('request.JWT.claim.sub'))",
                "create view code.v as select current_setting('app.tenant') as tenant",
                "alter table code.t alter a set default current_setting('app.tenant', true)",
                "create function code.f() returns int language sql set search_path = ''"
                        + " as $$ select 1 $$",
                "create view code.v as select a as response, 'response.' as b from code.t",
                "create function code.f() returns text language sql as"
                        + " $$ select response.a from code.t response $$"
            })
    void harmless(String code) {
        assertThat(traits(code)).isEqualTo("f f f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create function code.f() returns text language sql as"
                        + " $$ select current_setting('request.headers', true)::json->>'origin' $$",
                "create function code.f() returns text language sql as $$ select"
                        + " current_setting('request.jwt.claims') || current_setting('REQUEST.Path') $$",
                "create function code.f(n text) returns text language sql as $$ select"
                        + " current_setting(n) || current_setting('request.jwt.claims') $$",
                "create function code.f(n text) returns text language sql as"
                        + " $$ select current_setting('request.' || n) $$",
                "create function code.f() returns text language sql as"
                        + " $$ select current_setting(E'request\\x2eheaders') $$",
                "create function code.f() returns text language sql return"
                        + " current_setting('request.method', true)",
                "create policy p on code.t using (a = current_setting('request.cookies', true))",
                "create policy p on code.t using (a = current_setting('Request.Headers'))",
                "create policy p on code.t using (current_setting(a) = 'x')",
                "create view code.v as select current_setting('request.' || a) from code.t",
                "create view code.v as select current_setting('request.jwt.claims') as c,"
                        + " current_setting('request.path') as p",
                "alter table code.t alter a set default current_setting('request.headers', true)",
                "alter table code.t add check (a <> current_setting('request.method'))",
                "create domain code.d as text default current_setting('request.method', true)"
            })
    void asksAboutTheRequest(String code) {
        assertThat(traits(code)).isEqualTo("f t f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create function code.f() returns text language sql as"
                        + " $$ select set_config('request.jwt.claims', '{}', false) $$",
                "create function code.f() returns void language plpgsql as"
                        + " $$ begin set role postgres; end $$",
                "create function code.f() returns void language plpgsql as"
                        + " $$ begin set search_path to other; end $$",
                "create function code.f() returns void language plpgsql as"
                        + " $$ begin set session statement_timeout = 0; end $$",
                "create function code.f() returns void language plpgsql as"
                        + " $$ begin execute ' reset all'; end $$"
            })
    void changesTheSession(String code) {
        assertThat(traits(code)).startsWith("t ").endsWith(" f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create function code.f() returns text language sql as"
                        + " $$ select set_config('response.headers', '[]', true) $$",
                "create function code.f(n text) returns text language sql as"
                        + " $$ select set_config('response.' || n, '', true) $$",
                "create function code.f(n text) returns text language sql as"
                        + " $$ select set_config(format('response.%s', n), '', true) $$",
                "create view code.v as select set_config('response.status', '201', true)",
                "alter table code.t alter a set default set_config('response.status', '201', true)"
            })
    void setsTheAnswer(String code) {
        assertThat(traits(code)).startsWith("t ").endsWith(" t");
    }

    private static String traits(String code) {
        database.execute(
                "drop schema code cascade; create schema code; create table code.t (a text); "
                        + code);
        return String.valueOf(
                        database.ask(
                                "select g::text from ("
                                        + SessionGuard.CHANGES_SESSION.text()
                                        + ") as g (changes, reads, answers)"))
                .replaceAll("[^tf]+", " ")
                .strip();
    }
}
