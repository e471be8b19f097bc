package dev.ashlar.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The names of the cases whose answers are known to differ, one a line.
final class KnownDifferences {
    static final String FILE = "known-differences.txt";

    private static final String TITLE =
            "# Cases that are answered differently so far. A repair takes its lines off this list.";

    private final SortedSet<String> names;
    private final StringBuilder report = new StringBuilder();

    private KnownDifferences(SortedSet<String> names) {
        this.names = names;
    }

    static KnownDifferences read(Path file) {
        try {
            return new KnownDifferences(
                    new TreeSet<>(
                            Files.readAllLines(file).stream()
                                    .map(String::strip)
                                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file, Path reportFile) {
        StringBuilder text = new StringBuilder(TITLE + "\n");
        names.forEach(name -> text.append(name).append('\n'));
        try {
            Files.writeString(file, text);
            Files.writeString(reportFile, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /// `faults` is empty for a case that does not differ.
    void note(String name, String faults) {
        if (faults.isEmpty()) {
            names.remove(name);
        } else {
            names.add(name);
            report.append("# ").append(name).append('\n').append(faults).append('\n');
        }
    }
}
