package dev.ashlar.app.cli;

import dev.ashlar.app.App;
import dev.ashlar.app.Config;
import dev.ashlar.app.Project;
import dev.ashlar.app.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Starts, answers and stops once, so that the launcher can record which classes a start and a
/// request need (the JVM's AOT cache).
@Command(name = "train", hidden = true, description = "Used by the launcher after a build.")
final class TrainCommand implements Runnable {
    private static final int TIMEOUT_MS = 30_000;

    /// A project as people have one: what it needs is what their starts need.
    private static final String SETTINGS = "rest:\n  max-rows: 1000\n";

    private static final String MIGRATION =
            """
            create table public.notes (
              id bigint generated always as identity primary key,
              owner uuid default auth.uid(),
              body text not null check (body <> ''),
              at timestamptz not null default now()
            );
            create table public.tags (note bigint references public.notes, name text, primary key (note, name));
            create policy "all" on public.notes for all using (true) with check (true);
            create policy "own" on public.tags for select
              using (exists (select from public.notes n where n.id = note and n.owner = auth.uid()));
            create function public.hello(name text) returns text language sql as 'select name';
            grant select, insert on public.notes, public.tags to anon, authenticated;
            """;

    private static final List<String> READS =
            List.of(
                    "/",
                    "/readyz",
                    "/rest/v1/nothing?select=a,b(c)&d=eq.1",
                    "/rest/v1/notes?select=id,body,tags(name)&id=eq.1",
                    "/rest/v1/notes?body=ilike.a*&order=at.desc&limit=20");

    @Override
    public void run() {
        try {
            Path folder = Files.createTempDirectory("ashlar-train-");
            try {
                train(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void train(Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("ashlar.yaml"), SETTINGS);
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("20260101000000_notes.sql"), MIGRATION);
        if (ServeLine.find(List.of("serve", "--port", "0", "--set=log.level=info")).isEmpty()) {
            throw new IllegalStateException("a usual line is not understood");
        }
        Map<String, String> flags = Map.of("http.port", "0", "data.dir", folder + "/data");
        Project project = Project.locate(folder, folder, Optional.of(settings));
        // The environment may name a database that is in use.
        Config config = Config.load(project, flags, Map.of()).config();
        // The second start is the usual one: nothing to create, nothing to migrate.
        for (int start = 0; start < 2; start++) {
            try (App app = App.start(config, Site.of(project), step -> {})) {
                visit(app);
                Banner.text(app, config, Site.of(project), 0);
            }
        }
    }

    private static void visit(App app) throws IOException {
        String anon = app.keys().apiKeys().anon();
        post(app, "/rest/v1/notes", "{\"body\":\"about\"}");
        for (String path : READS) {
            status(open(app, path, anon));
        }
        post(
                app,
                "/auth/v1/signup",
                "{\"email\":\"train@example.com\",\"password\":\"correct horse\"}");
    }

    private static void post(App app, String path, String json) throws IOException {
        HttpURLConnection connection = open(app, path, app.keys().apiKeys().anon());
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream body = connection.getOutputStream()) {
            body.write(json.getBytes(StandardCharsets.UTF_8));
        }
        status(connection);
    }

    private static HttpURLConnection open(App app, String path, String key) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + app.port() + path);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("apikey", key);
        return connection;
    }

    /// Only that an answer came matters here.
    private static void status(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() <= 0) {
            throw new IOException("no HTTP answer from " + connection.getURL());
        }
        connection.disconnect();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
