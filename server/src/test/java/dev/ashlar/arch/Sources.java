package dev.ashlar.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of this project, as the tidy rules read them.
final class Sources {
    static final Path SERVER = server();
    static final Path PROJECT = SERVER.resolve("..").normalize();
    static final Path MAIN = SERVER.resolve("src/main/java");
    static final Path TEST = SERVER.resolve("src/test/java");

    private Sources() {}

    /// Maven runs tests in the module's folder, editors often in the project's.
    private static Path server() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("src/main/java")) ? here : here.resolve("server");
    }

    static List<Path> java(Path... roots) {
        return Stream.of(roots)
                .flatMap(root -> walk(root).stream())
                .filter(Sources::isJava)
                .toList();
    }

    static List<Path> walk(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> folders(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The path as people write it: from the server's folder, with slashes.
    static String name(Path file) {
        return SERVER.relativize(file).toString().replace('\\', '/');
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }
}
