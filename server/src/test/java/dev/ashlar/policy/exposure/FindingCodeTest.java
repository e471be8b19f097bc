package dev.ashlar.policy.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingCodeTest {
    private static final Path REFERENCE = Path.of("../docs/reference/exposure.md");

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void eachHasItsLineInTheReference(FindingCode code) throws IOException {
        assertThat(Files.readString(REFERENCE)).contains("| `" + code.word() + "` |");
    }
}
