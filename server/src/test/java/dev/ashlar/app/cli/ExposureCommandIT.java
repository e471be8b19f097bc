package dev.ashlar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ashlar exposure` and what migrations tell of it, as people type them.
class ExposureCommandIT {
    private static final String OWN =
            """
            create table public.notes (
              id int generated always as identity primary key,
              owner uuid not null default auth.uid() references auth.users, body text);
            create index on public.notes (owner);
            revoke all on public.notes from anon;
            grant select, insert, update, delete on public.notes to authenticated;
            create policy own on public.notes to authenticated
              using ((select auth.uid()) = owner) with check ((select auth.uid()) = owner);
            """;
    private static final String OPEN =
            """
            create table public.news (id int primary key, title text);
            revoke all on public.news from anon, authenticated;
            grant select on public.news to anon;
            create policy "all" on public.news for select using (true);
            """;

    @TempDir private Path folder;
    private DatabaseForTests database;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void config() throws IOException {
        database = PostgresForTests.fresh();
        Files.writeString(
                folder.resolve("ashlar.yaml"), "database:\n  url: %s\n".formatted(database.url()));
        Files.createDirectory(folder.resolve("migrations"));
    }

    @Test
    void ownRowsAloneNeedNoDeclaration() {
        database.execute(OWN);
        assertThat(run("exposure")).as(out + "" + err).isZero();
        assertThat(out.toString())
                .containsPattern("public\\.notes +---- +siud")
                .contains(" tables; anonymous callers read none and write none");
        assertThat(database.ask("select count(*) from public.notes")).isEqualTo("0");
        assertThat(database.ask("select count(*) from auth.users")).isEqualTo("0");
    }

    @Test
    void whatIsOpenIsUndeclaredUntilItIsAccepted() throws IOException {
        database.execute(OWN + OPEN);
        assertThat(run("exposure")).isEqualTo(ExposureCommand.UNDECLARED);
        assertThat(out.toString())
                .containsPattern("public\\.news +S---")
                .contains("OPEN, AND NOT DECLARED")
                .contains("+ anon can read rows that are not theirs of public.news")
                .contains("ashlar exposure accept");
        assertThat(run("exposure", "accept")).as(err.toString()).isZero();
        Path file = folder.resolve("exposure.yaml");
        assertThat(out.toString()).isEqualTo(file + "\n");
        assertThat(Files.readString(file))
                .contains("  public.news:\n    anon:\n      select: all\n");
        assertThat(run("exposure")).as(out.toString()).isZero();

        database.execute("create policy more on public.notes for select using (true)");
        assertThat(run("exposure")).isEqualTo(ExposureCommand.UNDECLARED);
        assertThat(out.toString())
                .contains(
                        "+ authenticated can read rows that are not theirs of public.notes;"
                                + " declared are own");
        database.execute("drop policy more on public.notes; drop table public.news");
        assertThat(run("exposure")).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("DECLARED, BUT NOT SO")
                .contains("anon can read rows that are not theirs of public.news; they cannot");
    }

    @Test
    void filesOfPublicBucketsAreOpen() {
        database.executeAs(
                "ashlar_admin",
                "insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true)");
        assertThat(run("exposure")).isEqualTo(ExposureCommand.UNDECLARED);
        assertThat(out.toString())
                .containsPattern("storage\\.buckets/avatars +S--- +S---")
                .contains("+ anon can read rows that are not theirs of storage.buckets/avatars");
    }

    @Test
    void jsonIsWholeAndHtmlIsWritten() throws IOException, MalformedJsonException {
        database.execute(OWN + OPEN);
        Path html = folder.resolve("report.html");
        assertThat(run("exposure", "--json", "--html", html.toString()))
                .isEqualTo(ExposureCommand.UNDECLARED);
        JsonObject json = (JsonObject) Json.parse(out.toString());
        assertThat(json.members()).containsKeys("findings", "matrix", "unprobed", "undeclared");
        JsonArray matrix = (JsonArray) json.find("matrix").orElseThrow();
        assertThat(matrix.elements().stream().map(ExposureCommandIT::cell))
                .contains("public.news anon select all", "public.notes authenticated delete own");
        assertThat(Files.readString(html)).startsWith("<!doctype html>").contains("public.news");
        assertThat(out.toString() + Files.readString(html)).doesNotContain(password());
    }

    @Test
    void otherDatabasesAndRolesAreLookedAtWithoutATrace() {
        DatabaseForTests other = PostgresForTests.fresh();
        other.execute("create schema api; create table api.things (id int primary key)");
        other.executeAs(
                "ashlar_admin",
                "create role exposure_editor; grant exposure_editor to authenticator;"
                        + " grant usage on schema api to exposure_editor;"
                        + " grant select on api.things to exposure_editor");
        assertThat(run("exposure", "--database-url", other.url(), "--schemas", "api"))
                .isEqualTo(ExposureCommand.UNDECLARED);
        assertThat(out.toString()).contains("exposure_editor can read").contains("api.things");
        assertThat(run("exposure", "--database-url", other.url(), "--roles", "exposure_none"))
                .isZero();
        assertThat(out.toString()).contains("exposure_none").doesNotContain("exposure_editor");
        other.executeAs("ashlar_admin", "drop owned by exposure_editor; drop role exposure_editor");
    }

    @Test
    void whoCannotLookSaysSoWithoutThePassword() {
        String wrong = database.url().replace(password(), "hunter22");
        assertThat(run("exposure", "--database-url", "postgres://ada:hunter22@127.0.0.1:1/shop"))
                .isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("127.0.0.1:1").doesNotContain("hunter22");
        assertThat(run("exposure", "--database-url", database.url().replaceFirst("/test_", "/no_")))
                .isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("does not exist").doesNotContain(password());
        assertThat(run("exposure", "--json", "--database-url", wrong))
                .isIn(CommandLineTool.FAILED, 0);
        assertThat(out.toString() + err).doesNotContain("hunter22");
        assertThat(run("exposure", "--file", folder.resolve("none.yaml").toString()))
                .isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("There is no file").contains("none.yaml");
    }

    @Test
    void aFaultyFileIsNamedWithItsLine() throws IOException {
        Files.writeString(
                folder.resolve("exposure.yaml"), "objects:\n  public.a:\n    anon: all\n");
        assertThat(run("exposure")).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("exposure.yaml:3: a role holds names");
    }

    @Test
    void migrationsTellWhatTheyOpenBeforeTheyAreApplied() throws IOException {
        migration("20260101000000_notes.sql", OWN);
        assertThat(run("migrate", "up")).as(err.toString()).isZero();
        migration("20260102000000_news.sql", OPEN);
        migration("20260103000000_more.sql", "drop policy own on public.notes;");

        assertThat(run("migrate", "diff")).isEqualTo(ExposureCommand.UNDECLARED);
        assertThat(out.toString())
                .startsWith("With 20260102000000_news.sql, 20260103000000_more.sql the exposure")
                .contains("  + anon can read rows that are not theirs of public.news\n")
                .contains(
                        "  - authenticated can read, insert, change, delete own rows of public.notes\n")
                .contains("Not declared:\n  + anon can read");
        assertThat(database.ask("select to_regclass('public.news')")).isNull();

        assertThat(run("migrate", "up")).as(err.toString()).isZero();
        assertThat(out.toString().indexOf("+ anon can read"))
                .isPositive()
                .isLessThan(out.toString().indexOf("applied 20260102000000_news.sql"));
        assertThat(database.ask("select to_regclass('public.news')")).isEqualTo("news");
        assertThat(database.ask("select tableowner from pg_tables where tablename = 'news'"))
                .isEqualTo(database.jdbc().user());
        assertThat(run("migrate", "diff")).isZero();
        assertThat(out.toString()).isEqualTo("Nothing is pending.\n");
    }

    @Test
    void whatCannotBeTriedInATransactionIsToldAfterwards() throws IOException {
        migration("20260101000000_notes.sql", OWN);
        assertThat(run("migrate", "up")).as(err.toString()).isZero();
        migration("20260102000000_news.sql", OPEN);
        migration(
                "20260103000000_index.sql",
                "-- ashlar: no-transaction\ncreate index concurrently on public.news (title);");
        assertThat(run("migrate", "diff")).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString())
                .contains("20260103000000_index.sql does not run in a transaction");
        assertThat(run("migrate", "up")).as(err.toString()).isZero();
        assertThat(out.toString())
                .startsWith("What changes in the exposure is told after applying")
                .containsSubsequence(
                        "applied 20260103000000_index.sql",
                        "The exposure has changed:",
                        "+ anon can read rows that are not theirs of public.news");
    }

    private void migration(String name, String sql) throws IOException {
        Files.writeString(folder.resolve("migrations").resolve(name), sql);
    }

    private String password() {
        return database.jdbc().password().reveal();
    }

    private static String cell(JsonValue value) {
        JsonObject cell = (JsonObject) value;
        return String.join(
                " ",
                List.of("object", "role", "verb", "rows").stream()
                        .map(name -> cell.findText(name).orElse(""))
                        .toList());
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config");
        all.add(folder.resolve("ashlar.yaml").toString());
        return CommandLineTool.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
