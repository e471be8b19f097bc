package dev.ashlar.backend.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Column.Generation;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.ThroughJunction;
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
        loader = new CatalogLoader(database.authenticator(), List.of("public", "api"));
        catalog = loader.load();
    }

    @Test
    void kindsOfRelations() {
        assertThat(table("films").kind()).isEqualTo(Table.Kind.TABLE);
        assertThat(table("logs").kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
        assertThat(table("logs_2026").kind()).isEqualTo(Table.Kind.TABLE);
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
        // Its key has neither of the two columns.
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

    private static Routine routine(String name) {
        return catalog.routinesNamed(name(name)).getFirst();
    }
}
