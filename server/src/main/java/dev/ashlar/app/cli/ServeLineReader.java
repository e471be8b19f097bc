package dev.ashlar.app.cli;

import dev.ashlar.app.cli.ServeLine.Output;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a line of `serve` that picocli would read in the same way, and leaves it every other.
final class ServeLineReader {
    private static final Set<String> VALUED =
            Set.of("--config", "--data", "--port", "--host", "--example");

    private final Deque<String> rest;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Output output = Output.ALL;

    ServeLineReader(List<String> arguments) {
        rest = new ArrayDeque<>(arguments);
    }

    Optional<ServeLine> read() {
        if (!"serve".equals(rest.poll())) {
            return Optional.empty();
        }
        while (!rest.isEmpty()) {
            if (!option(rest.remove())) {
                return Optional.empty();
            }
        }
        ChosenSettings chosen =
                new ChosenSettings(find("--config").map(Path::of), find("--data"), settings);
        return Optional.of(
                new ServeLine(chosen, find("--port"), find("--host"), find("--example"), output));
    }

    /// Whether it is understood.
    private boolean option(String word) {
        if (word.equals("--quiet")) {
            boolean first = output == Output.ALL;
            output = Output.WARNINGS;
            return first;
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? rest.poll() : word.substring(equals + 1);
        if (value == null || !isPlain(value)) {
            return false;
        }
        return name.equals("--set")
                ? setting(value)
                : VALUED.contains(name) && values.put(name, value) == null;
    }

    private boolean setting(String text) {
        int equals = text.indexOf('=');
        return equals > 0
                && isPlain(text.substring(equals + 1))
                && settings.put(text.substring(0, equals), text.substring(equals + 1)) == null;
    }

    /// No name of an option, no file of arguments (`@file`), nothing quoted, nothing empty.
    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.charAt(0) != '-'
                && value.charAt(0) != '@'
                && value.indexOf('"') < 0;
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
