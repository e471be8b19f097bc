package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.PlannedSql;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.identity.Role;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.PlanRules;
import dev.ashlar.plan.Planner;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.LibraryCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Request to SQL: each folder of `src/test/golden/rest` holds a request and the statement, or the
/// problem, that it becomes on [LibraryCatalog]; and for a read whose JSON is written here
/// `flat.sql`, the statement for that, where `…` stands for what is the same in both, and for one
/// of several levels `tree.sql`, where each level has its own rows. `-Dgolden.update=true` writes
/// what comes out.
class GoldenTest {
    private static final Path CASES = Path.of("src/test/golden").resolve("rest");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> everyCase() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            List<Path> cases = folders.sorted().toList();
            assertThat(cases).hasSizeGreaterThan(40);
            return cases.stream()
                    .map(folder ->
                            DynamicTest.dynamicTest(
                                    String.valueOf(folder.getFileName()), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        SentRequest request = request(Files.readString(folder.resolve("request.http")));
        check(folder.resolve("expected.sql"), Optional.of(sql(request)));
        check(folder.resolve("flat.sql"), flat(request));
        check(folder.resolve("tree.sql"), tree(request));
    }

    private static void check(Path expected, Optional<String> actual) throws IOException {
        if (UPDATE) {
            Files.deleteIfExists(expected);
            if (actual.isPresent()) {
                Files.writeString(expected, actual.get());
            }
        }
        assertThat(Files.exists(expected))
                .as("there is a " + expected)
                .isEqualTo(actual.isPresent());
        if (actual.isPresent()) {
            assertThat(actual.get()).isEqualTo(Files.readString(expected));
        }
    }

    private static String sql(SentRequest request) {
        try {
            return written(PlannedSql.of(plan(request)));
        } catch (ProblemException refused) {
            return "-- " + refused.problem() + "\n";
        }
    }

    private static Optional<String> flat(SentRequest request) {
        try {
            Plan plan = plan(request);
            return PlannedSql.findFlat(plan).map(flat -> written(flat, PlannedSql.of(plan)));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> tree(SentRequest request) {
        try {
            return PlannedSql.findTree(plan(request)).map(GoldenTest::written);
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    private static Plan plan(SentRequest request) {
        RestParser parser = new RestParser(RestServing.config(List.of("public"), 1000));
        return new Planner(LibraryCatalog.CATALOG, Role.ANON, PlanRules.atMost(1000))
                .plan(parser.parse(request, LibraryCatalog.CATALOG).intent());
    }

    private static String written(PlannedSql.Flat flat, SqlStatement other) {
        String text = flat.statement().text();
        int from = text.indexOf(" FROM (");
        boolean same = other.text().endsWith(text.substring(from));
        String members = "-- " + String.join("\n-- ", flat.members()) + "\n";
        return same
                ? text.substring(0, from) + " FROM (…) AS _r\n" + members
                : written(flat.statement()) + members;
    }

    /// One clause a line, so that a difference is easy to see; the parameters after it.
    private static String written(SqlStatement statement) {
        StringBuilder out = new StringBuilder();
        out.append(
                statement
                        .text()
                        .replaceAll(
                                "(?<!DISTINCT) (FROM|LEFT JOIN|INNER JOIN|WHERE|ORDER BY|LIMIT|ON CONFLICT"
                                        + "|RETURNING) ",
                                "\n$1 "));
        out.append('\n');
        int number = 0;
        for (Object parameter : statement.parameters()) {
            String shown =
                    parameter instanceof String[] texts
                            ? Arrays.toString(texts)
                            : String.valueOf(parameter);
            out.append("-- $").append(++number).append(" = ").append(shown).append('\n');
        }
        return out.toString();
    }

    /// `METHOD target`, headers, an empty line, the body.
    private static SentRequest request(String text) {
        String[] parts = text.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        String[] first = head.getFirst().split(" ", 2);
        SentRequest request = SentRequest.of(first[0], first[1]);
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(": ", 2);
            request = request.with(header[0], header[1]);
        }
        return request.body(parts.length == 1 ? "" : parts[1].strip());
    }
}
