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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Starts, answers and stops once, so that the launcher can record which classes a start and a
/// request need (the JVM's AOT cache).
@Command(name = "train", hidden = true, description = "Used by the launcher after a build.")
final class TrainCommand implements Runnable {
    private static final int TIMEOUT_MS = 10_000;

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
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("http.port", "0");
        flags.put("data.dir", folder.resolve("data").toString());
        Project project = Project.locate(folder, folder, Optional.empty());
        Config config = Config.load(project, flags, Map.of()).config();
        // The second start is the usual one: nothing to create, nothing to migrate.
        for (int start = 0; start < 2; start++) {
            try (App app = App.start(config, Site.of(project), step -> {})) {
                visit(app);
            }
        }
    }

    private static void visit(App app) throws IOException {
        String anon = app.keys().apiKeys().anon();
        for (String path : List.of("/", "/readyz", "/rest/v1/nothing?select=a,b(c)&d=eq.1")) {
            status(open(app, path, anon));
        }
        HttpURLConnection signUp = open(app, "/auth/v1/signup", anon);
        signUp.setDoOutput(true);
        signUp.setRequestProperty("Content-Type", "application/json");
        try (OutputStream body = signUp.getOutputStream()) {
            body.write(
                    "{\"email\":\"train@example.com\",\"password\":\"correct horse\"}"
                            .getBytes(StandardCharsets.UTF_8));
        }
        status(signUp);
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
