package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ashlar.backend.postgres.PlannedSql;
import dev.ashlar.identity.Role;
import dev.ashlar.plan.PlanRules;
import dev.ashlar.plan.Planner;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.LibraryCatalog;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is sent becomes a statement or a problem, never another exception. Requests are made of
/// pieces of the grammar: mostly nonsense together, often nearly right; the seeds are fixed, so
/// that a failure comes again. `-Dfuzz.requests=1000000 -Dfuzz.seed=7` tries more, and others.
class RestFuzzTest {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final RestParser PARSER =
            new RestParser(RestServing.config(List.of("public"), 1000));
    private static final Planner PLANNER =
            new Planner(LibraryCatalog.CATALOG, Role.ANON, PlanRules.atMost(1000));

    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"
    };
    private static final String[] PATHS = {
        "/book", "/folder", "/review", "/rpc/find_books", "/rpc/echo", "/rpc/total", "/we%20ird"
    };
    private static final String[] QUERY = {
        "select",
        "order",
        "limit",
        "offset",
        "and",
        "or",
        "not",
        "columns",
        "on_conflict",
        "=",
        "&",
        "?",
        "(",
        ")",
        ",",
        ".",
        ":",
        "::",
        "!",
        "!inner",
        "*",
        "...",
        "->",
        "->>",
        "\"",
        "\\",
        "{",
        "}",
        "eq.",
        "in.(",
        "is.null",
        "like(any).",
        "fts(",
        "isdistinct.",
        "not.",
        "0",
        "-1",
        "99999999999999999999",
        "id",
        "title",
        "review",
        "book",
        "author_id",
        "data",
        "tags",
        "label(name)",
        "review(stars)",
        "int4",
        "text[]",
        "%00",
        "%",
        "%c3%a4",
        "+",
        " ",
        "\u00e4",
        "\ud83d",
        "\0",
        "asc",
        "desc.nullslast",
        "a",
        "n",
        "term",
        "&select=",
        "&order=",
        "id=eq."
    };
    private static final String[] BODY = {
        "{",
        "}",
        "[",
        "]",
        "\"id\"",
        "\"title\"",
        ":",
        ",",
        "1",
        "null",
        "\"a\"",
        " ",
        "{\"id\":1}",
        "{\"term\":\"x\"}",
        "\0",
        "NaN",
        "\\"
    };
    private static final String[] NAMES = {
        "Prefer", "Accept", "Range", "Content-Type", "Accept-Profile", "Content-Profile"
    };
    private static final String[] VALUES = {
        "return=",
        "minimal",
        "representation",
        ",",
        ";",
        "=",
        "count=exact",
        "/",
        "handling=strict",
        "max-affected=",
        "9",
        "99999999999999999999",
        "-",
        "*/*",
        "application/json",
        "q=",
        "0.5",
        "items=",
        "bytes=",
        "public",
        " ",
        "\"",
        "resolution=merge-duplicates",
        "tx=rollback",
        "timezone=UTC"
    };

    @Test
    void queriesAndBodiesAreAnsweredOrRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < REQUESTS; i++) {
            String path = i % 9 == 0 ? "/" + some(random, QUERY, 4) : one(random, PATHS);
            run(
                    SentRequest.of(
                                    one(random, METHODS),
                                    path.replace("?", "") + "?" + some(random, QUERY, 14))
                            .body(some(random, BODY, 8)));
        }
    }

    @Test
    void requestsInTheShapeOfTheGrammarAreAnsweredOrRefused() {
        RandomRequests requests = new RandomRequests(SEED);
        int planned = 0;
        for (int i = 0; i < REQUESTS; i++) {
            planned += run(requests.next()) ? 1 : 0;
        }
        // Or else nothing but refusals was tried.
        assertThat(planned).isGreaterThan(REQUESTS / 20);
    }

    @Test
    void headersAreUnderstoodOrRefused() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            String name = one(random, NAMES);
            String value = some(random, VALUES, 8);
            run(SentRequest.of("GET", "/book").with(name, value));
            run(SentRequest.of("PATCH", "/book").with(name, value).body("{\"title\":\"x\"}"));
        }
    }

    /// Whether it becomes a statement.
    private static boolean run(SentRequest request) {
        try {
            PlannedSql.of(PLANNER.plan(PARSER.parse(request, LibraryCatalog.CATALOG).intent()));
            return true;
        } catch (ProblemException refused) {
            new RestProblems().render(refused.problem(), request);
            return false;
        } catch (RuntimeException | StackOverflowError bug) {
            return fail(request.toString(), bug);
        }
    }

    private static String one(Random random, String[] pieces) {
        return pieces[random.nextInt(pieces.length)];
    }

    private static String some(Random random, String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(one(random, pieces));
        }
        return text.toString();
    }
}
