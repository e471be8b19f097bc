package dev.ashlar.app;

import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.app.postgrest.SettingsText;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.catalog.CatalogLoadException;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/// What the drop-in's operator may ask without starting it.
public final class DataInspection {
    private static final Set<String> ANY_HOST = Set.of("*", "*4", "!4", "*6", "!6");

    private final PostgrestSettings given;
    private final Project project;

    public DataInspection(PostgrestSettings given, Project project) {
        this.given = given;
        this.project = project;
    }

    /// The settings that hold, as a configuration file.
    public String settings() {
        return SettingsText.dump(DataRuns.Settings.read(given).all());
    }

    /// The catalog as JSON.
    public String catalog() {
        PostgrestSettings settings = DataRuns.Settings.read(given).all();
        Config config = DataRun.config(settings.flags(), project);
        PostgresAddress address = PostgresAddress.parse(settings.databaseUri());
        try {
            return CatalogDump.of(
                    new CatalogLoader(
                                    address,
                                    config.rest().schemas(),
                                    config.database().searchPath())
                            .load());
        } catch (CatalogLoadException e) {
            throw new StartFailure(
                    "The schema cannot be read: " + e.getMessage(),
                    "db-uri says where the database is, db-schemas what is read.",
                    e);
        }
    }

    /// Asks a running server whether it is ready, and answers where it was asked.
    public URI requireReady() {
        String port =
                given.find("admin-server-port")
                        .orElseThrow(() -> failure("No admin server is configured."));
        String host =
                given.find("admin-server-host").or(() -> given.find("server-host")).orElse("!4");
        if (ANY_HOST.contains(host)) {
            throw failure("The special host name " + host + " cannot be asked.");
        }
        URI uri = URI.create("http://" + host + ":" + port + "/ready");
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw failure(uri + " answers " + status + ".");
            }
            return uri;
        } catch (IOException e) {
            throw new StartFailure(uri + " cannot be reached.", "Is the server running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure(uri + " was not waited for.", "", e);
        }
    }

    private static StartFailure failure(String what) {
        return new StartFailure(
                what,
                "Set admin-server-port, and admin-server-host to an address such as localhost.");
    }
}
