package dev.ashlar.backend.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A catalog that was brought up to date is the one that a first load reads.
class CatalogChangesIT {
    private static final List<String> SCHEMAS = List.of("public", "api");
    private static final List<String> SEARCHED = List.of("found");

    /// Each is a change of its own. Lines that begin with `!` need the superuser.
    private static final String CHANGES =
            """
            create table later (id integer primary key, film bigint constraint later_film references films)
            alter table later add column mood mood default 'good'
            alter table later alter column mood set default 'bad'
            alter table later alter column mood drop default
            comment on column later.mood is 'How it is'
            comment on column later.mood is null
            comment on table later is 'Comes late'
            alter table later rename column mood to feeling
            alter table later alter column film type integer
            alter table later drop constraint later_film
            alter table later add constraint later_film foreign key (film) references films
            alter table later rename constraint later_film to film_of_later
            alter table later add constraint one_film unique (film)
            alter index one_film rename to the_film
            alter table later drop constraint later_pkey
            create unique index later_id on later (id)
            revoke select on later from anon
            grant select (film) on later to anon
            alter table later set schema api
            alter table api.later rename to latest
            alter table api.latest set schema hidden
            create table later (x integer)
            drop table hidden.latest
            drop table later
            alter table actors rename to players
            alter table players rename to actors
            alter table films rename to movies
            alter table movies rename to films
            alter table reigns alter column motto type varchar(90)
            alter table films add column more integer
            alter table films drop column more
            alter type rating add value 'fair' before 'good'
            alter type rating rename value 'fair' to 'so so'
            alter type rating rename to marks
            alter type marks rename to rating
            alter domain film_code drop not null
            alter domain film_code set default 'none'
            alter domain short_text drop not null
            alter domain short_text rename to brief
            alter domain house set default 'some'
            alter type pair add attribute third integer
            alter type pair rename attribute third to last
            alter type pair rename to couple
            drop cast (text as colour)
            alter function colour_in(json) rename to colour_from
            create cast (text as colour) with function colour_read(text)
            alter function full_name(directors) rename to whole_name
            comment on function whole_name(directors) is 'As a whole'
            create function found.initials(directors) returns text language sql return 'x'
            drop function found.initials(directors)
            alter function painter(paints) rows 100
            alter function found.elsewhere(paints) set schema public
            create or replace function plain(a integer, b text default 'y') returns integer language sql volatile return 2
            alter function plain set statement_timeout = '2s'
            revoke execute on function plain from public
            grant execute on function plain to anon
            comment on function plain is null
            drop function plain
            create function overloaded(a date) returns integer language sql return 1
            drop function overloaded(integer)
            alter table paints rename to colours
            drop aggregate list_of(directors)
            alter aggregate found.list_any(anyelement) rename to list_all
            alter domain "text/x-list" rename to "text/x-lines"
            create or replace view film_titles as select id as film_id, title, director_id as made_by, label from films
            create or replace view film_titles as select id as film_id, title, director_id as made_by, label from films limit 9
            create or replace view film_titles as select id as film_id, title, director_id as made_by, label from films
            create view over_nested as select upper(t) as t from nested
            create or replace view hidden.between as select title as t, made_by as d, film_id from film_titles offset 1
            create or replace view hidden.between as select title as t, made_by as d, film_id from film_titles
            drop trigger with_trigger on with_trigger
            create view over_trigger as select x from with_trigger
            create trigger again instead of delete on with_trigger for each row execute function on_insert()
            drop view over_trigger
            alter view nested set schema api
            drop materialized view film_counts
            alter table logs detach partition logs_2026
            alter table logs attach partition logs_2026 for values from ('2026-01-01') to ('2027-01-01')
            alter table hidden.people rename column number to no
            alter table hidden.pets drop constraint pets_owner_fkey
            comment on schema api is 'Other words'
            alter schema hidden rename to cellar
            grant usage on schema api to anon
            grant select on all tables in schema api to anon
            revoke usage on schema api from anon
            !alter foreign table remote options (add updatable 'false')
            !alter server elsewhere options (add updatable 'true')
            !create role loader_guest; grant loader_guest to authenticator; grant select on directors to loader_guest
            !grant anon to loader_guest
            !alter role loader_guest set work_mem = '5MB'
            !alter role loader_guest superuser
            !alter role loader_guest rename to loader_host
            !drop owned by loader_host; drop role loader_host
            !vacuum (full) pg_class
            !vacuum (freeze) pg_attribute
            """;

    private final DatabaseForTests database = PostgresForTests.fresh();
    private final CatalogLoader loader = loader();

    @BeforeEach
    void create() throws IOException {
        try (InputStream schema = CatalogChangesIT.class.getResourceAsStream("kinds.sql")) {
            database.executeAs(
                    "ashlar_admin", new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyChangeIsSeen() {
        loader.load();
        for (String change : CHANGES.lines().toList()) {
            change(change);
            assertSame(change);
        }
    }

    @Test
    void changesThatComeTogetherAreSeen() {
        loader.load();
        CHANGES.lines().forEach(this::change);
        assertSame("all");
    }

    @Test
    void whatIsAsItWasIsShared() {
        Catalog before = loader.load();
        database.execute("alter table actors add column born date");
        Catalog now = loader.load();
        assertThat(now.version()).isGreaterThan(before.version());
        assertThat(now.findTable(name("actors")).orElseThrow().columns()).containsKey("born");
        for (Table table : before.tables().values()) {
            if (!table.name().equals(name("actors"))) {
                assertThat(now.tables().get(table.name())).isSameAs(table);
            }
        }
        assertThat(now.relationshipsFrom(name("actors")))
                .isSameAs(before.relationshipsFrom(name("actors")));
        assertThat(now.routinesNamed(name("plain"))).isSameAs(before.routinesNamed(name("plain")));
    }

    @Test
    void onlyWhatChangedIsReadAgain() throws SQLException {
        Prints before = prints();
        database.execute("insert into actors values (1, 'x'); analyze actors");
        database.execute("vacuum actors");
        assertThat(prints()).isEqualTo(before);
        database.execute(
                "alter table actors add column born date; comment on function nothing() is 'x'");
        Prints now = prints();
        assertThat(now.continues(before)).isTrue();
        assertThat(Prints.changed(before.relations(), now.relations()))
                .containsExactly(oid("'public.actors'::regclass"));
        assertThat(Prints.changed(before.routines(), now.routines()))
                .containsExactly(oid("'public.nothing()'::regprocedure"));
        assertThat(Prints.changed(before.types(), now.types())).isEmpty();
    }

    @Test
    void aViewReadBehindALockIsReadAgain() throws SQLException {
        loader.load();
        try (Connection other = JdbcConnections.open(database.address("postgres"), "test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table public.films in access exclusive mode");
            database.execute("create view fixed as select distinct name from actors");
            assertThat(loader.load().findTable(name("fixed")).orElseThrow().writes()).isNotEmpty();
            other.rollback();
        }
        assertThat(loader.load().findTable(name("fixed")).orElseThrow().writes()).isEmpty();
    }

    private void change(String change) {
        if (change.startsWith("!")) {
            database.executeAs("ashlar_admin", change.substring(1));
        } else {
            database.execute(change);
        }
    }

    private void assertSame(String change) {
        Catalog changed = loader.load();
        Catalog fresh = loader().load();
        assertOrdered(change, changed.tables(), fresh.tables());
        assertThat(changed.relationships()).as(change).isEqualTo(fresh.relationships());
        assertOrdered(change, changed.routines(), fresh.routines());
        assertThat(changed.surroundings()).as(change).isEqualTo(fresh.surroundings());
    }

    private static <T> void assertOrdered(
            String change, Map<QualifiedName, T> changed, Map<QualifiedName, T> fresh) {
        fresh.forEach((name, one) -> assertThat(changed.get(name)).as(change).isEqualTo(one));
        assertThat(new ArrayList<>(changed.keySet()))
                .as(change)
                .isEqualTo(new ArrayList<>(fresh.keySet()));
    }

    private CatalogLoader loader() {
        return new CatalogLoader(database.authenticator(), SCHEMAS, SEARCHED);
    }

    private Prints prints() throws SQLException {
        try (Connection connection = JdbcConnections.open(database.authenticator(), "test")) {
            return Prints.read(CatalogQueries.begin(connection), Set.copyOf(SCHEMAS));
        }
    }

    private long oid(String object) {
        return Long.parseLong(String.valueOf(database.ask("select %s::oid".formatted(object))));
    }

    private static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }
}
