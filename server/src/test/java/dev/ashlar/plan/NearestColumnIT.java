package dev.ashlar.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Our hint beside the one that PostgreSQL gives for the same name.
class NearestColumnIT {
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "title",
                    "titles",
                    "author_id",
                    "author_ip",
                    "a",
                    "größe",
                    "year1",
                    "year2",
                    "year3",
                    "published");
    private static final String LETTERS = "aeitlsr_1ö";

    @Test
    void hintsAsTheDatabaseDoes() {
        DatabaseForTests database = PostgresForTests.fresh();
        try {
            database.execute(
                    COLUMNS.stream()
                            .map(column -> "\"" + column + "\" int")
                            .collect(joining(", ", "create table public.film (", ")")));
            database.execute(
                    """
                    create function public.hint(name text) returns text language plpgsql as $$
                    declare told text;
                    begin
                      execute format('select film.%I from public.film', name);
                      return 'known';
                    exception when undefined_column then
                      get stacked diagnostics told = pg_exception_hint;
                      return told;
                    end $$
                    """);
            List<String> differing = new ArrayList<>();
            int hinted = 0;
            for (String name : names()) {
                String theirs = database.ask("select public.hint('" + name + "')");
                String ours =
                        COLUMNS.contains(name) ? "known" : words(NearestColumn.find(name, COLUMNS));
                if (!ours.equals(theirs == null ? "" : theirs)) {
                    differing.add(name + ": " + ours + " instead of " + theirs);
                }
                hinted += ours.isEmpty() ? 0 : 1;
            }
            assertThat(differing).isEmpty();
            assertThat(hinted).isBetween(50, 350);
        } finally {
            database.drop();
        }
    }

    private static String words(List<String> columns) {
        return columns.isEmpty()
                ? ""
                : columns.stream()
                        .map(column -> "the column \"film." + column + "\"")
                        .collect(joining(" or ", "Perhaps you meant to reference ", "."));
    }

    /// Each column's name with up to four letters changed, and some that are like none.
    private static List<String> names() {
        Random random = new Random(7);
        List<String> names =
                new ArrayList<>(
                        List.of("titel", "year", "year4", "autor_id", "author_i", "b", "zz"));
        while (names.size() < 400) {
            StringBuilder name = new StringBuilder(COLUMNS.get(random.nextInt(COLUMNS.size())));
            for (int edits = random.nextInt(1, 5); edits > 0; edits--) {
                edit(name, random);
            }
            if (!name.isEmpty()) {
                names.add(name.toString());
            }
        }
        return names;
    }

    private static void edit(StringBuilder name, Random random) {
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        int at = random.nextInt(name.length() + 1);
        if (at == name.length() || random.nextInt(3) == 0) {
            name.insert(at, letter);
        } else if (random.nextBoolean()) {
            name.setCharAt(at, letter);
        } else {
            name.deleteCharAt(at);
        }
    }
}
