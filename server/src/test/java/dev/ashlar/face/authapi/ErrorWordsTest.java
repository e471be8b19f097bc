package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.problem.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The sign-in dialect's words for errors: each is expected by a test that asks over HTTP. That a
/// test names a word says that somebody thought of it; that it fails when the word does not come,
/// the test itself has to see to.
class ErrorWordsTest {
    private static final List<Path> FOLDERS =
            List.of(Path.of("src/test/java/dev/ashlar/face/authapi"), Path.of("src/test/js"));

    /// Words of the data API's, which this API shares and whose tests are there.
    private static final Set<String> TESTED_ELSEWHERE =
            Set.of("catalog_not_loaded", "database_unreachable", "request_timeout");

    /// Words that are in the dialect's list and that nothing here gives.
    private static final Set<String> NEVER_GIVEN =
            Set.of(
                    "conflict",
                    "email_address_invalid",
                    "email_address_not_authorized",
                    "invite_not_found",
                    "oauth_consent_not_found",
                    "signing_key_not_found");

    @Test
    void everyWordIsExpectedByATest() throws IOException {
        String tests = tests();
        Set<String> missing = words();
        missing.removeIf(word -> named(tests, word));
        missing.removeAll(TESTED_ELSEWHERE);
        missing.removeAll(NEVER_GIVEN);
        assertThat(missing).isEmpty();
    }

    private static Set<String> words() {
        return Arrays.stream(ErrorCode.values())
                .map(ErrorCode::word)
                .filter(Objects::nonNull)
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    /// As a text of its own, or as a part of a larger one that is compared.
    private static boolean named(String tests, String word) {
        return tests.contains("\"" + word + "\"")
                || tests.contains("'" + word + "'")
                || tests.contains("\\\"" + word + "\\\"")
                || tests.contains(" " + word + "\"")
                || tests.contains("error_code=" + word);
    }

    private static String tests() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(ErrorWordsTest::isTest).forEach(file -> all.append(text(file)));
            }
        }
        return all.toString();
    }

    private static boolean isTest(Path file) {
        String name = file.getFileName().toString();
        return !file.toString().contains("node_modules")
                && (name.endsWith("IT.java") || name.endsWith(".test.mjs"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
