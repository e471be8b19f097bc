package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages behind a row: together they are the whole, in its order.
class CursorPagesIT {
    private static final Pattern LINK = Pattern.compile("<[^>]*(/\\w+\\?[^>]*)>; rel=\"next\"");
    private static RestServing serving;

    @BeforeAll
    static void start() {
        serving = new RestServing(1000);
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @BeforeEach
    void reset() {
        serving.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select=id",
                "select=id,title&order=title.desc",
                "select=id&order=author_id.desc,title",
                "select=id&order=editor_id",
                "select=id&order=editor_id.desc",
                "select=id&order=editor_id.nullsfirst,id.desc",
                "select=id&order=editor_id.desc.nullslast",
                "select=id,author!book_author_id_fkey(name)&order=data->>kind.nullsfirst,published",
                "select=id&id=lt.4&order=price.desc"
            })
    void pagesAreTheWholeInItsOrder(String query) {
        String whole = "/book?" + query + (query.contains("order") ? ",id" : "&order=id");
        List<String> expected = rows(read(whole));
        for (int size = 1; size <= 3; size++) {
            List<String> paged = new ArrayList<>();
            Optional<String> next = Optional.of("/book?" + query + "&limit=" + size + "&cursor=");
            while (next.isPresent()) {
                HttpResponse page = read(next.get());
                paged.addAll(rows(page));
                next = next(page);
            }
            assertThat(paged).as("pages of %d", size).isEqualTo(expected);
        }
    }

    @Test
    void rowsWrittenInBetweenMoveNothing() {
        HttpResponse first = read("/label?select=id&order=name&limit=1&cursor=");
        serving.answer(
                "service",
                SentRequest.of("POST", "/label").body("{\"id\":50,\"name\":\"aaa first of all\"}"));
        HttpResponse second = read(next(first).orElseThrow());
        assertThat(rows(second)).isNotEqualTo(rows(first));
    }

    @Test
    void theCountIsOfAllPages() {
        HttpResponse first = read("/label?select=id&limit=2&cursor=");
        SentRequest counted =
                SentRequest.of("GET", next(first).orElseThrow()).with("Prefer", "count=exact");
        HttpResponse second = serving.answer("anon", counted);
        assertThat(second.findHeader("Content-Range").orElseThrow()).endsWith("/3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/book?limit=1&cursor=nonsense",
                "/book?limit=1&cursor=e30",
                "/book?limit=1&offset=2&cursor=",
                "/book?limit=1&order=author(name)&select=author(name)&cursor=",
                "/book?select=title.max()&limit=1&cursor=",
                "/log?limit=1&cursor="
            })
    void whatCannotBePagedIsRefused(String target) {
        HttpResponse response = serving.answer("anon", SentRequest.of("GET", target));
        assertThat(response.status()).as(response.body().toString()).isBetween(400, 404);
    }

    @Test
    void aCursorIsOfItsOrder() {
        String next = next(read("/label?select=id&order=name&limit=1&cursor=")).orElseThrow();
        HttpResponse response =
                serving.answer(
                        "anon", SentRequest.of("GET", next.replace("order=name", "order=id")));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().toString()).contains("ASHLAR400");
    }

    private static HttpResponse read(String target) {
        HttpResponse response = serving.answer("anon", SentRequest.of("GET", target));
        assertThat(response.status()).as(target + " " + response.body()).isEqualTo(200);
        return response;
    }

    private static List<String> rows(HttpResponse response) {
        String body = response.body().toString();
        String inner = body.substring(1, body.length() - 1);
        return inner.isEmpty() ? List.of() : List.of(inner.split(", \\n? ?(?=\\{\"id\")"));
    }

    private static Optional<String> next(HttpResponse response) {
        return response.findHeader("Link")
                .map(link -> {
                    Matcher matcher = LINK.matcher(link);
                    assertThat(matcher.matches()).as(link).isTrue();
                    return matcher.group(1);
                });
    }
}
