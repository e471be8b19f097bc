package dev.ashlar.app;

import dev.ashlar.config.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One of the apps in `examples/`: its migrations, and the page that it is used through.
public record Example(String name, Path folder) {

    /// Throws a [StartFailure] that lists the known ones.
    static Example require(Path home, String name) {
        List<String> known = known(home.resolve("examples"));
        if (known.contains(name)) {
            return new Example(name, home.resolve("examples").resolve(name));
        }
        String meant =
                NearestName.find(name, known).map(near -> " Did you mean " + near + "?").orElse("");
        throw new StartFailure(
                "There is no example " + name + "." + meant,
                known.isEmpty()
                        ? "The folder " + home.resolve("examples") + " holds none."
                        : "There are: " + String.join(", ", known));
    }

    Path migrations() {
        return folder.resolve("migrations");
    }

    Path page() {
        return folder.resolve("page");
    }

    /// The browser build of the client library, as npm installed it.
    Path supabaseJs() {
        return folder.resolve("node_modules/@supabase/supabase-js/dist");
    }

    private static List<String> known(Path examples) {
        if (!Files.isDirectory(examples)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(examples)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("migrations")))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartFailure(
                    "The examples cannot be read: " + e.getMessage(), "Check " + examples, e);
        }
    }
}
