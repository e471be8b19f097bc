package dev.ashlar.backend.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Column.Generation;
import dev.ashlar.catalog.ComputedField;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.MediaHandler;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.ThroughJunction;
import dev.ashlar.catalog.Representation;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import dev.ashlar.catalog.Table.Write;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One schema that holds every kind of thing, read by the plain `authenticator`.
class CatalogLoaderIT {
    private static DatabaseForTests database;
    private static CatalogLoader loader;
    private static Catalog catalog;

    @BeforeAll
    static void load() throws IOException {
        database = PostgresForTests.fresh();
        try (InputStream schema = CatalogLoaderIT.class.getResourceAsStream("kinds.sql")) {
            database.executeAs(
                    "ashlar_admin", new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        loader =
                new CatalogLoader(
                        database.authenticator(), List.of("public", "api"), List.of("found"));
        catalog = loader.load();
    }

    @Test
    void kindsOfRelations() {
        assertThat(table("films").kind()).isEqualTo(Table.Kind.TABLE);
        assertThat(table("logs").kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
        // A partition is reached through its table.
        assertThat(catalog.findTable(name("logs_2026"))).isEmpty();
        assertThat(table("film_titles").kind()).isEqualTo(Table.Kind.VIEW);
        assertThat(table("film_counts").kind()).isEqualTo(Table.Kind.MATERIALIZED_VIEW);
        assertThat(table("remote").kind()).isEqualTo(Table.Kind.FOREIGN_TABLE);
        assertThat(catalog.findTable(new QualifiedName("hidden", "people"))).isEmpty();
    }

    @Test
    void whatCanBeWritten() {
        assertThat(table("films").writes())
                .containsExactlyInAnyOrder(Write.INSERT, Write.UPDATE, Write.DELETE);
        assertThat(table("film_titles").writes())
                .containsExactlyInAnyOrder(Write.INSERT, Write.UPDATE, Write.DELETE);
        assertThat(table("film_counts").writes()).isEmpty();
        assertThat(table("film_union").writes()).isEmpty();
        assertThat(table("with_trigger").writes()).containsExactly(Write.INSERT);
    }

    @Test
    void columns() {
        assertThat(column("films", "id"))
                .isEqualTo(
                        new Column(
                                "id",
                                "bigint",
                                "bigint",
                                false,
                                Generation.IDENTITY_ALWAYS,
                                List.of(),
                                null,
                                Column.Declaration.NONE,
                                null));
        assertThat(column("films", "title").comment()).isEqualTo("As on the poster");
        assertThat(column("films", "rating").type()).isEqualTo("public.rating");
        assertThat(column("films", "rating").enumValues()).containsExactly("bad", "good");
        assertThat(column("films", "code").type()).isEqualTo("public.film_code");
        assertThat(column("films", "code").baseType()).isEqualTo("text");
        assertThat(column("films", "code").nullable()).isFalse();
        assertThat(column("films", "mood").enumValues()).containsExactly("bad", "good");
        assertThat(column("films", "slug").generation()).isEqualTo(Generation.COMPUTED);
        assertThat(column("films", "added").generation()).isEqualTo(Generation.DEFAULT);
        assertThat(column("films", "added").type()).isEqualTo("timestamp with time zone");
        assertThat(column("films", "director_id").generation()).isNull();
        assertThat(column("films", "label").type()).isEqualTo("bpchar");
        assertThat(column("films", "tags").type()).isEqualTo("text[]");
        assertThat(column("films", "Odd \"name\"").type()).isEqualTo("public.\"Odd type\"");
        assertThat(table("films").columns()).doesNotContainKey("dropped");
        assertThat(List.copyOf(table("films").columns().keySet()).subList(0, 2))
                .containsExactly("id", "title");
    }

    @Test
    void keys() {
        assertThat(table("films").keys())
                .containsExactly(
                        new Key("films_pkey", Key.Kind.PRIMARY, List.of("id")),
                        new Key(
                                "films_title_director",
                                Key.Kind.UNIQUE,
                                List.of("title", "director_id")));
        assertThat(table("film_titles").findPrimaryKey().orElseThrow().columns())
                .containsExactly("film_id");
        assertThat(table("film_casts").findPrimaryKey().orElseThrow().columns())
                .containsExactlyInAnyOrder("film_id", "actor_id", "the_film");
    }

    @Test
    void foreignKeysBothWays() {
        assertThat(ways("films", "directors"))
                .containsExactly("MANY_TO_ONE films_director_id_fkey director_id=id");
        assertThat(ways("directors", "films"))
                .containsExactly("ONE_TO_MANY films_director_id_fkey id=director_id");
        assertThat(ways("films", "details"))
                .containsExactly("ONE_TO_ONE details_film_id_fkey id=film_id");
        assertThat(ways("details", "films"))
                .containsExactly("ONE_TO_ONE details_film_id_fkey film_id=id");
        assertThat(ways("details", "detail_notes"))
                .containsExactly("ONE_TO_MANY detail_notes_ref a=x b=y");
        assertThat(ways("directors", "directors"))
                .containsExactlyInAnyOrder(
                        "MANY_TO_ONE directors_mentor_fkey mentor=id",
                        "ONE_TO_MANY directors_mentor_fkey id=mentor");
    }

    @Test
    void partitionsRepeatNoForeignKey() {
        assertThat(ways("logs", "films"))
                .containsExactly("MANY_TO_ONE logs_film_id_fkey film_id=id");
        assertThat(ways("logs_2026", "films")).isEmpty();
    }

    @Test
    void manyToManyThroughAJunction() {
        // A view that shows both foreign keys and a key is a junction as well.
        assertThat(ways("films", "actors"))
                .containsExactly(
                        "MANY_TO_MANY film_casts roles_film_id_fkey id=film_id"
                                + " roles_actor_id_fkey actor_id=id",
                        "MANY_TO_MANY roles roles_film_id_fkey id=film_id"
                                + " roles_actor_id_fkey actor_id=id");
        assertThat(ways("actors", "films"))
                .contains(
                        "MANY_TO_MANY roles roles_actor_id_fkey id=actor_id"
                                + " roles_film_id_fkey film_id=id");
        // Their primary keys have neither of the two columns.
        assertThat(ways("actors", "rivals")).hasSize(2);
        assertThat(ways("directors", "actors")).isEmpty();
        assertThat(ways("actors", "actors"))
                .hasSize(2)
                .allSatisfy(way -> assertThat(way).startsWith("MANY_TO_MANY friends"));
    }

    @Test
    void viewsHaveTheWaysOfTheirTables() {
        assertThat(ways("film_titles", "directors"))
                .containsExactly("MANY_TO_ONE films_director_id_fkey made_by=id");
        assertThat(ways("directors", "film_titles"))
                .containsExactly("ONE_TO_MANY films_director_id_fkey id=made_by");
        assertThat(ways("nested", "directors"))
                .containsExactly("MANY_TO_ONE films_director_id_fkey d=id");
        assertThat(ways("nested", "film_titles")).isEmpty();
        assertThat(ways("film_union", "directors")).isEmpty();
        assertThat(ways("film_counts", "films"))
                .containsExactly("ONE_TO_MANY films_director_id_fkey director=director_id");
        assertThat(ways("without_key", "directors")).isEmpty();
    }

    @Test
    void viewsOfHiddenTablesAreRelatedToEachOther() {
        assertThat(waysOf(new QualifiedName("api", "people"), "pets"))
                .containsExactly("ONE_TO_MANY pets_owner_fkey number=owner");
        assertThat(
                        catalog.findTable(new QualifiedName("api", "people"))
                                .orElseThrow()
                                .findPrimaryKey())
                .hasValueSatisfying(key -> assertThat(key.columns()).containsExactly("number"));
    }

    @Test
    void routines() {
        Routine plain = routine("plain");
        assertThat(plain.arguments())
                .containsExactly(
                        new Routine.Argument("a", "integer", true),
                        new Routine.Argument("b", "text", false));
        assertThat(plain.returns().type()).isEqualTo("integer");
        assertThat(plain.returns().composite()).isFalse();
        assertThat(plain.volatility()).isEqualTo(Routine.Volatility.IMMUTABLE);
        assertThat(plain.comment()).isEqualTo("Adds up");

        Routine films = routine("films_of");
        assertThat(films.returns().set()).isTrue();
        assertThat(films.returns().table()).isEqualTo(name("films"));
        assertThat(films.returns().columns()).extracting(Column::name).contains("id", "title");

        Routine listing = routine("listing");
        assertThat(listing.returns().composite()).isTrue();
        assertThat(listing.returns().table()).isNull();
        assertThat(listing.returns().columns()).extracting(Column::name).containsExactly("n", "r");
        assertThat(listing.returns().columns().getLast().enumValues())
                .containsExactly("bad", "good");
        assertThat(listing.arguments()).extracting(Routine.Argument::name).containsExactly("lim");

        assertThat(routine("spread").variadic()).isTrue();
        assertThat(routine("spread").arguments().getFirst().type()).isEqualTo("text[]");
        assertThat(routine("unnamed").arguments().getFirst().name()).isEmpty();
        assertThat(routine("nothing").returns().isVoid()).isTrue();
        assertThat(routine("pair_of").returns().columns())
                .extracting(Column::name)
                .containsExactly("left", "right");
        assertThat(catalog.routinesNamed(name("overloaded"))).hasSize(2);
        assertThat(catalog.routinesNamed(name("on_insert"))).isEmpty();
    }

    @Test
    void readersAndCallersAreThoseWithTheRight() {
        assertThat(table("films").readers())
                .contains("anon", "authenticated", "service_role")
                .doesNotContain("postgres", "authenticator");
        assertThat(table("details").readers()).contains("authenticated").doesNotContain("anon");
        assertThat(table("detail_notes").readers()).contains("anon");
        assertThat(catalog.findTable(new QualifiedName("api", "people")).orElseThrow().readers())
                .isEmpty();
        assertThat(table("films").users()).containsAll(table("films").readers());
        assertThat(routine("plain").callers()).contains("anon", "service_role");
        assertThat(routine("secret").callers()).contains("service_role").doesNotContain("anon");
    }

    @Test
    void aReloadSeesChangesAndHasAHigherVersion() {
        assertThat(loader.load().version()).isGreaterThan(catalog.version());
        database.execute("create table later (x int)");
        assertThat(loader.load().findTable(name("later"))).isPresent();
        database.execute("drop table later");
        assertThat(loader.load().findTable(name("later"))).isEmpty();
    }

    @Test
    void anUnknownSchemaIsNamed() {
        CatalogLoader wrong =
                new CatalogLoader(database.authenticator(), List.of("public", "pubilc"));
        assertThatThrownBy(wrong::load)
                .isInstanceOf(CatalogLoadException.class)
                .hasMessageContaining("pubilc");
    }

    @Test
    void aLockedTableDoesNotHoldItUp() throws SQLException {
        try (Connection other = JdbcConnections.open(database.address("postgres"), "test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table public.films in access exclusive mode");
            assertThat(loader.load().findTable(name("actors"))).isPresent();
            other.rollback();
        }
    }

    @Test
    void oneToOneIsDeclared() {
        assertThat(ways("reigns", "reigns"))
                .containsExactlyInAnyOrder(
                        "ONE_TO_ONE reigns_successor successor=id",
                        "ONE_TO_ONE reigns_successor id=successor");
        // Unique by an index only.
        assertThat(ways("reigns", "films")).containsExactly("MANY_TO_ONE reigns_film film_id=id");
    }

    @Test
    void aViewShowsATableAsOftenAsItReadsIt() {
        assertThat(ways("twice", "films")).containsExactly("MANY_TO_ONE reigns_film film_id=id");
        assertThat(ways("twice", "reigns"))
                .containsExactlyInAnyOrder(
                        "ONE_TO_ONE reigns_successor successor=id",
                        "ONE_TO_ONE reigns_successor id=successor",
                        "ONE_TO_ONE reigns_successor next_id=successor");
        assertThat(ways("over_twice", "reigns"))
                .containsExactlyInAnyOrder(
                        "ONE_TO_ONE reigns_successor id=successor",
                        "ONE_TO_ONE reigns_successor follower=successor");
        assertThat(ways("over_twice", "films"))
                .containsExactly("MANY_TO_ONE reigns_film film_id=id");
        assertThat(table("twice").findPrimaryKey().orElseThrow().columns())
                .containsExactly("id", "next_id");
    }

    @Test
    void declarations() {
        assertThat(column("reigns", "motto").declaration())
                .isEqualTo(new Column.Declaration("('as '::text || 'ever'::text)", 40));
        assertThat(column("reigns", "house").declaration())
                .isEqualTo(new Column.Declaration("'none'::character varying", 12));
        assertThat(column("reigns", "flags").declaration())
                .isEqualTo(new Column.Declaration(null, 3));
        assertThat(column("reigns", "id").declaration()).isEqualTo(Column.Declaration.NONE);
        assertThat(column("films", "added").declaration().defaultExpression()).isEqualTo("now()");
        assertThat(column("films", "slug").declaration()).isEqualTo(Column.Declaration.NONE);
        assertThat(column("films", "label").declaration().maxLength()).isEqualTo(3);
    }

    @Test
    void domainsHaveTheFormsOfTheirCasts() {
        Representation forms =
                new Representation(name("colour_out"), name("colour_in"), name("colour_read"));
        assertThat(column("paints", "shade").representation()).isEqualTo(forms);
        assertThat(column("paint_shades", "shade").representation()).isEqualTo(forms);
        assertThat(column("paints", "tones").representation()).isNull();
        assertThat(column("films", "code").representation()).isNull();
        assertThat(computed("paints", "darker").column().representation()).isEqualTo(forms);
    }

    @Test
    void functionsOfARowAreFields() {
        ComputedField fullName = computed("directors", "full_name");
        assertThat(fullName.function()).isEqualTo(name("full_name"));
        assertThat(fullName.column().name()).isEqualTo("full_name");
        assertThat(fullName.column().type()).isEqualTo("text");
        assertThat(fullName.column().comment()).isEqualTo("In full");
        assertThat(table("directors").computed()).containsOnlyKeys("full_name");
        // `directors` is a row, and so both a field and a relationship.
        assertThat(table("paints").computed())
                .containsOnlyKeys("darker", "everywhere", "elsewhere", "directors");
        assertThat(computed("paints", "everywhere").function()).isEqualTo(name("everywhere"));
        assertThat(computed("paints", "elsewhere").function())
                .isEqualTo(new QualifiedName("found", "elsewhere"));
    }

    @Test
    void functionsOfARowAreRelationships() {
        assertThat(ways("directors", "paints"))
                .containsExactlyInAnyOrder(
                        "ONE_TO_MANY paints_made_by_fkey id=made_by", "ONE_TO_MANY painted");
        // The one named like the table takes the place of the foreign key.
        assertThat(ways("paints", "directors"))
                .containsExactlyInAnyOrder("MANY_TO_ONE painter", "MANY_TO_ONE directors");
    }

    @Test
    void handlersOfMediaTypes() {
        assertThat(catalog.surroundings().handlers())
                .containsExactly(
                        new MediaHandler("text/x-list", name("list_of"), name("directors")),
                        new MediaHandler(
                                "text/x-list", new QualifiedName("found", "list_any"), null));
        assertThat(routine("whatever").returns().mediaType()).isEqualTo("*/*");
        assertThat(routine("lists").returns().mediaType()).isNull();
        assertThat(routine("plain").returns().mediaType()).isNull();
    }

    @Test
    void settingsOfRoutinesAndSchemas() {
        assertThat(routine("with_settings").settings())
                .containsOnly(
                        entry("statement_timeout", "4s"),
                        entry("default_transaction_isolation", "serializable"));
        assertThat(routine("plain").settings()).isEmpty();
        assertThat(catalog.surroundings().schemaComments()).containsEntry("api", "What is offered");
    }

    @Test
    void settingsOfRolesThatTheLoginMaySet() {
        String mine = database.jdbc().database();
        database.executeAs(
                "ashlar_admin",
                """
                create role loader_visitor; grant loader_visitor to authenticator;
                create role loader_stranger;
                alter role loader_visitor set statement_timeout = '3s';
                alter role loader_visitor set work_mem = '5MB';
                alter role loader_visitor in database %s set work_mem = '6MB';
                alter role loader_visitor in database template1 set statement_timeout = '9s';
                alter role loader_visitor set app.tenant = 'a=b';
                alter role loader_visitor set pgrst.db_schemas = 'x';
                alter role loader_visitor set log_min_duration_statement = 7;
                alter role loader_visitor set track_functions = 'all';
                alter role loader_stranger set work_mem = '7MB';
                grant set on parameter track_functions to authenticator;
                """
                        .formatted(mine));
        Map<String, Map<String, String>> settings = loader.load().surroundings().roleSettings();
        assertThat(settings.get("loader_visitor"))
                .containsOnly(
                        entry("statement_timeout", "3s"),
                        entry("work_mem", "6MB"),
                        entry("app.tenant", "a=b"),
                        entry("track_functions", "all"));
        assertThat(settings).doesNotContainKey("loader_stranger");
        database.executeAs(
                "ashlar_admin",
                "revoke set on parameter track_functions from authenticator;"
                        + " drop owned by loader_visitor; drop role loader_visitor, loader_stranger");
    }

    private static List<String> ways(String origin, String target) {
        return waysOf(name(origin), target);
    }

    private static List<String> waysOf(QualifiedName origin, String target) {
        return catalog.relationshipsFrom(origin).stream()
                .filter(way -> way.target().name().equals(target))
                .map(CatalogLoaderIT::text)
                .toList();
    }

    private static String text(Relationship way) {
        return switch (way) {
            case Direct direct ->
                    direct.cardinality() + " " + direct.constraint() + text(direct.pairs());
            case Relationship.Computed computed ->
                    computed.cardinality() + " " + computed.function().name();
            case ThroughJunction through ->
                    through.cardinality()
                            + " "
                            + through.junction().name()
                            + " "
                            + through.originConstraint()
                            + text(through.originPairs())
                            + " "
                            + through.targetConstraint()
                            + text(through.targetPairs());
        };
    }

    private static String text(List<Relationship.Pair> pairs) {
        StringBuilder text = new StringBuilder();
        pairs.forEach(pair ->
                text.append(' ')
                        .append(pair.originColumn())
                        .append('=')
                        .append(pair.targetColumn()));
        return text.toString();
    }

    private static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    private static Table table(String name) {
        return catalog.findTable(name(name)).orElseThrow();
    }

    private static Column column(String table, String column) {
        return table(table).findColumn(column).orElseThrow();
    }

    private static ComputedField computed(String table, String name) {
        return Objects.requireNonNull(table(table).computed().get(name));
    }

    private static Routine routine(String name) {
        return catalog.routinesNamed(name(name)).getFirst();
    }
}
