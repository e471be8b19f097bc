package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FactsReaderIT {
    private static final Callers CALLERS =
            new Callers("anon", "authenticated", "service_role", List.of("facts_editor"));
    private static Facts facts;

    @BeforeAll
    static void read() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.executeAs(
                "ashlar_admin", "create role facts_editor bypassrls; create role facts_group");
        database.executeAs("ashlar_admin", "grant facts_group to facts_editor");
        database.execute(
                """
                create schema hidden;
                create table hidden.rates (id int primary key);
                create type public.mood as enum ('good', 'bad');
                create domain public.short as text not null check (length(value) < 9);
                create table public.notes (
                  id bigint generated always as identity primary key,
                  owner uuid default auth.uid() references auth.users,
                  rate int references hidden.rates on delete cascade,
                  "Mood" public.mood, tag public.short default 'x',
                  twice int generated always as (1 + 1) stored, check ("Mood" <> 'bad'));
                create index on public.notes ("Mood", owner);
                create index on public.notes (tag) where tag = 'x';
                create policy mine on public.notes to authenticated
                  using (owner = (select auth.uid())) with check (tag = 'y');
                create policy seen on public.notes as restrictive for select using (true);
                create table public.parts (id int) partition by range (id);
                create table public.parts_1 partition of public.parts for values from (0) to (9);
                create view public.seen with (security_invoker = true) as select id from public.notes;
                grant select (id) on public.notes to facts_group;
                grant select on public.seen to public;
                create function public.f(a int) returns int language sql security definer
                  set search_path = '' as 'select 1';
                revoke execute on function public.f from public;
                grant execute on function public.f to anon;
                create function public.touch() returns trigger language plpgsql as
                  'begin return new; end';
                create trigger touch before update or delete on public.notes for each row
                  execute function public.touch();
                insert into storage.buckets (id, name, public) values ('faces', 'faces', true);
                """);
        try (Connection connection = JdbcConnections.open(database.jdbc(), "test")) {
            facts = FactsReader.read(connection, List.of("public"), CALLERS);
        }
    }

    @Test
    void relationsAndWhatTheyLeadTo() {
        assertThat(facts.exposed())
                .extracting(Relation::label)
                .contains("public.notes", "public.parts", "public.seen", "storage.objects");
        assertThat(facts.find("hidden", "rates")).isPresent();
        assertThat(relation("rates", "hidden").exposed()).isFalse();
        assertThat(facts.find("auth", "users")).isPresent();
        Relation part = relation("parts_1", "public");
        assertThat(part.parent()).contains(relation("parts", "public").oid());
        assertThat(part.kind()).isEqualTo(RelationKind.TABLE);
        Relation view = relation("seen", "public");
        assertThat(view.securityInvoker()).isTrue();
        assertThat(view.reads()).containsExactly(relation("notes", "public").oid());
        assertThat(view.updatable()).contains(Verb.UPDATE, Verb.DELETE);
    }

    @Test
    void columnsAndKeys() {
        Relation notes = relation("notes", "public");
        assertThat(notes.rowSecurity()).isTrue();
        assertThat(notes.primaryKey()).containsExactly("id");
        assertThat(notes.find("id").orElseThrow().identity()).isEqualTo("a");
        assertThat(notes.find("Mood").orElseThrow().labels()).containsExactly("good", "bad");
        Facts.Column tag = notes.find("tag").orElseThrow();
        assertThat(tag.base()).isEqualTo("text");
        assertThat(tag.notNull()).isTrue();
        assertThat(tag.domainChecks()).hasSize(1).first().asString().contains("length(VALUE)");
        assertThat(notes.find("twice").orElseThrow().generated()).isTrue();
        assertThat(notes.find("owner").orElseThrow().expression()).contains("auth.uid()");
        assertThat(notes.checks()).hasSize(1);
        assertThat(notes.indexes())
                .containsExactlyInAnyOrder(List.of("id"), List.of("Mood", "owner"));
        assertThat(facts.foreignKeysOf(notes))
                .extracting(Facts.ForeignKey::targetLabel)
                .containsExactlyInAnyOrder("auth.users", "hidden.rates");
        assertThat(facts.foreignKeysOf(notes))
                .filteredOn(key -> key.columns().equals(List.of("rate")))
                .extracting(Facts.ForeignKey::onDelete)
                .containsExactly("cascade");
    }

    @Test
    void rights() {
        Relation notes = relation("notes", "public");
        assertThat(notes.privileges("facts_editor").columns(Verb.SELECT)).containsExactly("id");
        assertThat(notes.privileges("facts_editor").may(Verb.DELETE)).isFalse();
        assertThat(notes.privileges("anon").may(Verb.DELETE)).isTrue();
        assertThat(notes.privileges("anon").truncate()).isFalse();
        assertThat(notes.privileges("nobody").may(Verb.SELECT)).isFalse();
        assertThat(relation("seen", "public").grants())
                .extracting(Facts.Grant::grantee)
                .contains("public");
        assertThat(facts.roles())
                .hasEntrySatisfying(
                        "facts_editor",
                        editor -> {
                            assertThat(editor.bypassRls()).isTrue();
                            assertThat(editor.inherits()).contains("facts_group");
                        });
        assertThat(facts.closesNewTables()).isTrue();
        assertThat(facts.defaultGrants())
                .anyMatch(grant ->
                        grant.objects().equals("tables")
                                && grant.grantee().equals("anon")
                                && grant.privileges().contains("SELECT"));
        assertThat(facts.creators()).doesNotContainKey("x");
    }

    @Test
    void policies() {
        Relation notes = relation("notes", "public");
        assertThat(facts.policiesOf(notes, "anon", Verb.SELECT))
                .extracting(Facts.Policy::name)
                .containsExactly("seen");
        Facts.Policy mine = facts.policiesOf(notes, "authenticated", Verb.UPDATE).getFirst();
        assertThat(mine.command()).isEqualTo(PolicyCommand.ALL);
        assertThat(mine.using()).contains("(owner = ( SELECT auth.uid() AS uid))");
        assertThat(mine.check()).isPresent();
        assertThat(facts.policiesOf(notes)).filteredOn(p -> !p.permissive()).hasSize(1);
    }

    @Test
    void routinesTriggersBuckets() {
        Facts.Routine f =
                facts.routines().stream()
                        .filter(each -> each.label().equals("public.f"))
                        .findFirst()
                        .orElseThrow();
        assertThat(f.securityDefiner()).isTrue();
        assertThat(f.settings()).containsExactly("search_path=\"\"");
        assertThat(f.callers()).containsExactly("anon", "service_role");
        assertThat(f.exposed()).isTrue();
        assertThat(f.source()).isEqualTo("select 1");
        Facts.Trigger touch = facts.triggersOf(relation("notes", "public")).getFirst();
        assertThat(touch.events()).isEqualTo(Set.of(Verb.UPDATE, Verb.DELETE));
        assertThat(touch.before()).isTrue();
        assertThat(facts.buckets()).extracting(Facts.Bucket::id).containsExactly("faces");
        assertThat(facts.buckets().getFirst().open()).isTrue();
    }

    private static Relation relation(String name, String schema) {
        return facts.find(schema, name).orElseThrow();
    }
}
