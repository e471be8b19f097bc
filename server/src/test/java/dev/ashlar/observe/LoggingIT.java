package dev.ashlar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.ashlar.observe.LogConfig.Access;
import dev.ashlar.observe.LogConfig.Format;
import dev.ashlar.observe.LogConfig.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingIT {
    private static final Log LOG = Log.of(LoggingIT.class);

    @TempDir private Path folder;

    @AfterEach
    void restore() {
        new QuietStart().configure((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    private LogConfig toFile(Path file, Format format) {
        return new LogConfig(
                Level.INFO, format, Optional.of(file), 1, 2, Access.ON, LogConfig.AccessFormat.OWN);
    }

    @Test
    void linesGoToTheFile() throws IOException {
        Path file = folder.resolve("ashlar.log");
        try (Logging logging = Logging.start(toFile(file, Format.TEXT))) {
            LOG.debug("too talkative");
            LOG.info("hello {}", "you\nthere");
            LoggerFactory.getLogger("io.vertx.Thing").info("noise");
            logging.accessLog()
                    .add(
                            new AccessEntry(
                                    0,
                                    "GET",
                                    "/a",
                                    200,
                                    0,
                                    0,
                                    "id-1",
                                    new AccessEntry.Client("::1", null, null),
                                    "anon"));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).endsWith(" INFO observe.LoggingIT: hello you\\u000athere");
        assertThat(lines.getLast()).contains("GET /a 200").contains("role=anon");
    }

    @Test
    void textInAnExceptionCannotForgeALine() throws IOException {
        Path file = folder.resolve("ashlar.log");
        try (Logging _ = Logging.start(toFile(file, Format.TEXT))) {
            LOG.error(
                    "broken",
                    new IllegalStateException("a\n2026-01-01T00:00:00Z INFO forged\u001b"));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(lines.getFirst()).endsWith(": broken");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
        assertThat(lines.get(2)).endsWith("forged\\u001b");
    }

    @Test
    void machinesGetOneObjectALine() throws IOException {
        Path file = folder.resolve("ashlar.log");
        try (Logging _ = Logging.start(toFile(file, Format.JSON))) {
            LOG.error("broken", new IllegalStateException("because"));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .contains("\"level\":\"ERROR\"", "\"message\":\"broken\"", "because", "\\u000a")
                .endsWith("}");
    }
}
