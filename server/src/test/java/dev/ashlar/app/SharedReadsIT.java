package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Anonymous callers who ask for the same, or for rows by key, at the same moment over HTTP: the
/// bytes of one answer go out on many connections.
class SharedReadsIT {
    private static final int AT_ONCE = 48;
    private static final int ROUNDS = 40;

    private static final String SCHEMA =
            """
            create table public.shelves (id int primary key, name text);
            create table public.books
              (id int primary key, shelf int references public.shelves, title text);
            create index on public.books (shelf);
            create policy open_shelves on public.shelves for select to anon using (true);
            create policy open_books on public.books for select to anon using (true);
            grant select on public.shelves, public.books to anon;
            insert into public.shelves select n, 'shelf ' || n from generate_series(1, 20) n;
            insert into public.books
              select n, n % 20 + 1, repeat('title ' || n || ' ', 20) from generate_series(1, 400) n;
            """;

    @TempDir static Path folder;
    private static App app;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(folder.resolve("migrations/20260101000000_books.sql"), SCHEMA);
        DatabaseForTests database = PostgresForTests.fresh();
        app = AppOnDatabase.start(folder, database);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        http.close();
        app.stop();
    }

    @Test
    void theSameList() {
        everybodyGets(List.of("/books?order=id&limit=20"));
    }

    @Test
    void someOfTwoLists() {
        everybodyGets(List.of("/books?order=id&limit=20", "/books?order=id.desc&limit=20"));
    }

    @Test
    void rowsByKeyWithTheirEmbeds() {
        List<String> paths = new ArrayList<>();
        for (int id = 1; id <= 22; id++) {
            paths.add("/shelves?id=eq." + id + "&select=id,name,books(id,title)&books.order=id");
        }
        everybodyGets(paths);
    }

    private static void everybodyGets(List<String> paths) {
        List<String> alone = paths.stream().map(path -> ask(path).join().body()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(ask(paths.get(i % paths.size())));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                HttpResponse<String> answer = answers.get(i).join();
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(alone.get(i % paths.size()));
            }
        }
    }

    private static CompletableFuture<HttpResponse<String>> ask(String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + app.port() + "/rest/v1" + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
