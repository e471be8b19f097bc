package dev.ashlar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The cases of every `AREA.txt`, asked of the drop-in server. Those that `known-differences.txt`
/// names must differ, so that the list shrinks with every repair.
///
/// `-Dconformance.only=PREFIX` runs the cases whose names begin so (`writes: `),
/// `-Dconformance.record=true` writes the list anew, and to `target/conformance.txt` what differs.
class ConformanceIT {
    private static final Path FOLDER = Path.of("src/test/resources/dev/ashlar/conformance");
    private static final boolean RECORD = Boolean.getBoolean("conformance.record");
    private static final String ONLY = System.getProperty("conformance.only", "");
    private static final KnownDifferences KNOWN =
            KnownDifferences.read(FOLDER.resolve(KnownDifferences.FILE));

    @TempDir private static Path folder;
    private static final Fixtures FIXTURES = new Fixtures(FOLDER);

    @AfterAll
    static void stop() {
        FIXTURES.close();
        if (RECORD) {
            KNOWN.write(FOLDER.resolve(KnownDifferences.FILE), Path.of("target/conformance.txt"));
        }
    }

    @TestFactory
    Stream<DynamicContainer> cases() throws IOException {
        List<Path> areas;
        try (Stream<Path> files = Files.list(FOLDER)) {
            areas = files.filter(ConformanceIT::isArea).sorted().toList();
        }
        assertThat(areas).isNotEmpty();
        return areas.stream().map(ConformanceIT::container);
    }

    @TestFactory
    Stream<DynamicTest> everyKnownDifferenceIsACase() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(FOLDER)) {
            names =
                    files.filter(ConformanceIT::isArea)
                            .flatMap(file -> Case.read(file).stream())
                            .map(Case::name)
                            .toList();
        }
        return KNOWN.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(names).contains(name)));
    }

    private static boolean isArea(Path file) {
        return file.toString().endsWith(".txt") && !file.endsWith(KnownDifferences.FILE);
    }

    private static DynamicContainer container(Path file) {
        List<Case> cases = Case.read(file);
        assertThat(cases).isNotEmpty();
        assertThat(cases.stream().map(Case::name).collect(Collectors.toSet()))
                .as("names in " + file)
                .hasSameSizeAs(cases);
        Stream<DynamicTest> tests =
                cases.stream()
                        .filter(one -> one.name().startsWith(ONLY))
                        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
        return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
    }

    private static void check(Case one) {
        String faults = FIXTURES.faults(one, folder);
        if (RECORD) {
            KNOWN.note(one.name(), faults);
        }
        if (KNOWN.names().contains(one.name())) {
            assertThat(faults).as("a known difference is gone: take it off the list").isNotEmpty();
        } else {
            assertThat(faults).isEmpty();
        }
    }
}
