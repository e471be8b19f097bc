package dev.ashlar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.observe.LogConfig.Access;
import dev.ashlar.observe.LogConfig.AccessFormat;
import dev.ashlar.observe.LogConfig.Format;
import dev.ashlar.observe.LogConfig.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {
    private static final AccessEntry.Client CLIENT =
            new AccessEntry.Client("127.0.0.1", null, "curl/8 \"x\"");

    private static LogConfig config(Format format, Access access) {
        return new LogConfig(Level.INFO, format, Optional.empty(), 1, 1, access, AccessFormat.OWN);
    }

    private static AccessEntry entry(String target, @Nullable String role) {
        return new AccessEntry(7, "GET", target, 200, 12, 1_034_567, "id-1", CLIENT, role);
    }

    private static String line(AccessEntry entry, Format format) {
        StringBuilder line = new StringBuilder();
        AccessLine.append(line, entry, format);
        return line.toString();
    }

    @Test
    void theCombinedFormatOfWebServers() {
        StringBuilder line = new StringBuilder();
        AccessLine.appendCombined(line, entry("/a?b=1", "anon"));
        assertThat(line.toString())
                .startsWith("127.0.0.1 - anon [")
                .matches("(?s).*\\[01/Jan/1970:\\d\\d:\\d\\d:00 [+-]\\d{4}].*")
                .endsWith("] \"GET /a?b=1 HTTP/1.1\" 200 12 \"\" \"curl/8 \\\"x\\\"\"\n");
    }

    @Test
    void aLineSaysWhatHappened() {
        assertThat(line(entry("/a?b=1", "anon"), Format.TEXT))
                .isEqualTo(
                        "1970-01-01T00:00:00.007Z GET /a?b=1 200 12B 1.035ms id=id-1"
                                + " from=127.0.0.1 role=anon\n");
        assertThat(line(entry("/a", null), Format.JSON))
                .isEqualTo(
                        "{\"time\":\"1970-01-01T00:00:00.007Z\",\"kind\":\"access\","
                                + "\"method\":\"GET\",\"target\":\"/a\",\"status\":200,"
                                + "\"bytes\":12,\"ms\":1.035,\"requestId\":\"id-1\","
                                + "\"remote\":\"127.0.0.1\"}\n");
    }

    @Test
    void nobodyCanForgeALine() {
        AccessEntry forged = entry("/a\n\"\\\u0085\u2028", null);
        assertThat(line(forged, Format.TEXT)).containsOnlyOnce("\n");
        assertThat(line(forged, Format.JSON))
                .contains("\"/a\\u000a\\\"\\\\\\u0085\\u2028\"")
                .containsOnlyOnce("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a?apikey=s3cret&x=1, /a?apikey=***&x=1",
        "/a?x=1&ACCESS_TOKEN=s3cret, /a?x=1&ACCESS_TOKEN=***",
        "/a?%61pikey=s3cret, /a?%61pikey=***",
        "/a?%zz=s3cret, /a?%zz=***",
        "/a?token=s3cret=s3cret, /a?token=***",
        "/a?apikey, /a?apikey",
        "/a?select=token&q=eq.1, /a?select=token&q=eq.1",
    })
    void secretsAreMasked(String target, String masked) {
        assertThat(SecretParameters.masked(target)).isEqualTo(masked);
        assertThat(line(entry(target, null), Format.TEXT)).doesNotContain("s3cret");
    }

    @Test
    void whichRequestsAreLoggedCanBeChosen() {
        assertThat(Access.ON.wants(200)).isTrue();
        assertThat(Access.ERRORS.wants(399)).isFalse();
        assertThat(Access.ERRORS.wants(400)).isTrue();
        assertThat(Access.OFF.wants(500)).isFalse();
    }

    @Test
    void everyEntryIsWrittenBeforeItCloses() {
        List<String> written = new CopyOnWriteArrayList<>();
        AccessWriter writer = AccessWriter.start(config(Format.TEXT, Access.ON), written::add);
        for (int i = 0; i < 3_000; i++) {
            writer.add(entry("/" + i, null));
        }
        writer.close();
        assertThat(String.join("", written).lines()).hasSize(3_000);
    }

    @Test
    void whatCannotBeWrittenInTimeIsDroppedAndNeverWaitedFor() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        AccessWriter writer =
                AccessWriter.start(
                        config(Format.TEXT, Access.ON),
                        text -> {
                            writing.countDown();
                            try {
                                stuck.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            written.add(text);
                        });
        writer.add(entry("/first", null));
        writing.await();
        for (int i = 0; i < AccessWriter.CAPACITY + 500; i++) {
            writer.add(entry("/more", null));
        }
        stuck.countDown();
        writer.close();
        assertThat(String.join("", written).lines()).hasSize(1 + AccessWriter.CAPACITY);
    }
}
