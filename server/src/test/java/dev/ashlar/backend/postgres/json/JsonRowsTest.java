package dev.ashlar.backend.postgres.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.json.JsonRows.Form;
import dev.ashlar.backend.postgres.json.JsonShape.Member;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What comes is compared with the manual's rules; [JsonRowsIT] compares it with the database.
class JsonRowsTest {
    private static final long SEED = 20_261_126;

    @Test
    void rowsAreSeparatedAsTheDatabaseDoes() {
        JsonShape shape = shape(new Member("id", JsonKind.NUMBER), new Member("t", JsonKind.TEXT));
        JsonRows rows = new JsonRows(shape, Form.ARRAY, 1_000);
        rows.row(DataRows.of("1", "a"));
        rows.row(DataRows.of("2", null));
        rows.row(DataRows.of(null, ""));

        assertThat(text(rows))
                .isEqualTo(
                        "[{\"id\":1,\"t\":\"a\"}, \n {\"id\":2,\"t\":null}, \n {\"id\":null,\"t\":\"\"}]");
        assertThat(rows.rows()).isEqualTo(3);
    }

    @Test
    void noRowsAreAnEmptyArray() {
        JsonShape shape = shape(new Member("id", JsonKind.NUMBER));

        assertThat(text(new JsonRows(shape, Form.ARRAY, 1_000))).isEqualTo("[]");
        assertThat(text(new JsonRows(shape, Form.OBJECT, 1_000))).isEqualTo("null");
    }

    @Test
    void oneRowStandsAlone() {
        JsonRows rows = new JsonRows(shape(new Member("id", JsonKind.NUMBER)), Form.OBJECT, 1_000);
        rows.row(DataRows.of("1"));
        rows.row(DataRows.of("2"));

        assertThat(rows.rows()).isEqualTo(2);
        assertThat(text(rows)).isEqualTo("{\"id\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NUMBER | 0 | 0",
                "NUMBER | -12.50 | -12.50",
                "NUMBER | 1e+20 | 1e+20",
                "NUMBER | 2.2250738585072014e-308 | 2.2250738585072014e-308",
                "NUMBER | NaN | \"NaN\"",
                "NUMBER | -Infinity | \"-Infinity\"",
                "NUMBER | - | \"-\"",
                "NUMBER | `` | \"\"",
                "NUMBER | 1,\"x\":2 | \"1,\\\"x\\\":2\"",
                "BOOLEAN | t | true",
                "BOOLEAN | f | false",
                "BOOLEAN | yes | \"yes\"",
                "JSON | {\"a\": [1, \"x\"]} | {\"a\": [1, \"x\"]}",
                "TEXT | 12 | \"12\"",
                "TIMESTAMP | 2026-11-26 23:10:11.5 | \"2026-11-26T23:10:11.5\"",
                "TIMESTAMP | 0044-03-15 12:00:00 BC | \"0044-03-15T12:00:00 BC\"",
                "TIMESTAMP | 294276-12-31 23:59:59.999999 | \"294276-12-31T23:59:59.999999\"",
                "TIMESTAMP | infinity | \"infinity\"",
                "TIMESTAMP | -infinity | \"-infinity\"",
                "TIMESTAMPTZ | 2026-11-26 23:10:11+00 | \"2026-11-26T23:10:11+00:00\"",
                "TIMESTAMPTZ | 2026-11-26 23:10:11.123456-08 | \"2026-11-26T23:10:11.123456-08:00\"",
                "TIMESTAMPTZ | 2026-11-26 23:10:11+05:30 | \"2026-11-26T23:10:11+05:30\"",
                "TIMESTAMPTZ | 1800-01-01 00:00:00+00:19:32 | \"1800-01-01T00:00:00+00:19:32\"",
                "TIMESTAMPTZ | 0044-03-15 12:00:00+01 BC | \"0044-03-15T12:00:00+01:00 BC\"",
                "TIMESTAMPTZ | 0044-03-15 12:00:00-04:56:02 BC | \"0044-03-15T12:00:00-04:56:02 BC\"",
                "TIMESTAMPTZ | infinity | \"infinity\"",
                "TIMESTAMPTZ | 1 C | \"1TC\"",
                "TIMESTAMPTZ | 7 | \"7\"",
            })
    void valuesAreWrittenByKind(JsonKind kind, String wire, String json) {
        assertThat(value(kind, wire)).isEqualTo(json);
    }

    @Test
    void eachCharacterIsEscapedWhereverItStands() {
        StringBuilder all = new StringBuilder();
        for (char c = 1; c <= 0x100; c++) {
            all.append(c);
            for (int before = 0; before < 18; before++) {
                String text = "x".repeat(before) + c + "yz";
                assertThat(value(JsonKind.TEXT, text)).isEqualTo(escaped(text));
            }
        }
        assertThat(value(JsonKind.TEXT, all.toString())).isEqualTo(escaped(all.toString()));
    }

    @Test
    void randomRowsAreWrittenAsByTheRules() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            int columns = 1 + random.nextInt(5);
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                members.add(new Member(randomText(random, 20), JsonKind.TEXT));
            }
            JsonRows rows = new JsonRows(JsonShape.of(members), Form.ARRAY, Long.MAX_VALUE);
            List<String> expected = new ArrayList<>();
            for (int row = random.nextInt(4); row > 0; row--) {
                List<@Nullable String> values = new ArrayList<>();
                List<String> written = new ArrayList<>();
                for (Member member : members) {
                    String value = random.nextInt(5) == 0 ? null : randomText(random, 700);
                    values.add(value);
                    written.add(
                            escaped(member.name())
                                    + ':'
                                    + (value == null ? "null" : escaped(value)));
                }
                rows.row(DataRows.of(values));
                expected.add('{' + String.join(",", written) + '}');
            }

            assertThat(text(rows))
                    .as("round %d of seed %d", round, SEED)
                    .isEqualTo('[' + String.join(", \n ", expected) + ']');
        }
    }

    @Test
    void whatIsTooLargeIsCountedButNotKept() {
        JsonRows rows = new JsonRows(shape(new Member("t", JsonKind.TEXT)), Form.ARRAY, 40);
        rows.row(DataRows.of("x".repeat(10)));
        assertThat(rows.isTooLarge()).isFalse();
        rows.row(DataRows.of("x".repeat(30)));
        rows.row(DataRows.of("x"));

        assertThat(rows.isTooLarge()).isTrue();
        assertThat(rows.rows()).isEqualTo(3);
        assertThatThrownBy(rows::body).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void columnsBehindThoseOfTheShapeAreLeftAlone() {
        JsonRows rows = new JsonRows(shape(new Member("t", JsonKind.TEXT)), Form.ARRAY, 40);
        rows.row(DataRows.of("a", "17"));
        rows.row(DataRows.of(null, null));

        assertThat(text(rows)).isEqualTo("[{\"t\":\"a\"}, \n {\"t\":null}]");
    }

    @Test
    void rowsWithoutEnoughColumnsAreABug() {
        JsonRows rows = new JsonRows(shape(new Member("t", JsonKind.TEXT)), Form.ARRAY, 40);
        ByteBuf none = DataRows.of();

        assertThatThrownBy(() -> rows.row(none)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesThatTheDatabaseCutsAreNotKept() {
        assertThat(JsonShape.keeps("x".repeat(63))).isTrue();
        assertThat(JsonShape.keeps("x".repeat(64))).isFalse();
        assertThat(JsonShape.keeps("ä".repeat(31))).isTrue();
        assertThat(JsonShape.keeps("ä".repeat(32))).isFalse();
    }

    private static JsonShape shape(Member... members) {
        return JsonShape.of(List.of(members));
    }

    private static String value(JsonKind kind, String wire) {
        JsonRows rows = new JsonRows(shape(new Member("", kind)), Form.OBJECT, Long.MAX_VALUE);
        rows.row(DataRows.of(wire));
        String row = text(rows);
        return row.substring("{\"\":".length(), row.length() - 1);
    }

    private static String text(JsonRows rows) {
        return rows.body().toString(StandardCharsets.UTF_8);
    }

    private static String randomText(Random random, int most) {
        return RandomText.of(random, random.nextInt(random.nextBoolean() ? 12 : most));
    }

    /// RFC 8259, section 7, in the spelling that the database chose.
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
