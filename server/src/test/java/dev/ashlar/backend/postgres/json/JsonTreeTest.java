package dev.ashlar.backend.postgres.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.json.JsonRows.Form;
import dev.ashlar.backend.postgres.json.TreeShape.Many;
import dev.ashlar.backend.postgres.json.TreeShape.Member;
import dev.ashlar.backend.postgres.json.TreeShape.One;
import dev.ashlar.backend.postgres.json.TreeShape.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class JsonTreeTest {
    private static final List<Member> AUTHORS =
            List.of(
                    new Value("id", JsonKind.NUMBER),
                    new Many(
                            "posts",
                            List.of(
                                    new Value("id", JsonKind.NUMBER),
                                    new Many("likes", List.of(new Value("by", JsonKind.TEXT))),
                                    new Value("title", JsonKind.TEXT))),
                    new One("home", List.of(new Value("city", JsonKind.TEXT))),
                    new Many("books", List.of(new Value("isbn", JsonKind.TEXT))));

    @Test
    void whatIsBehindAnArrayWaitsForItsRows() {
        assertThat(
                        written(
                                Form.ARRAY,
                                DataRows.of("0", "1", "t", "Delft"),
                                DataRows.of("1", "7", "se\"ven", null),
                                DataRows.of("2", "Ann", null, null),
                                DataRows.of("2", "Bob", null, null),
                                DataRows.of("1", "8", null, null),
                                DataRows.of("3", "x", null, null),
                                DataRows.of("0", "2", null, null)))
                .isEqualTo(
                        "[{\"id\":1,\"posts\":[{\"id\": 7, \"likes\": [{\"by\": \"Ann\"},"
                                + " {\"by\": \"Bob\"}], \"title\": \"se\\\"ven\"}, {\"id\": 8,"
                                + " \"likes\": [], \"title\": null}],\"home\":{\"city\":"
                                + " \"Delft\"},\"books\":[{\"isbn\": \"x\"}]}, \n"
                                + " {\"id\":2,\"posts\":[],\"home\":null,\"books\":[]}]");
    }

    @Test
    void noRows() {
        assertThat(written(Form.ARRAY)).isEqualTo("[]");
        assertThat(written(Form.OBJECT)).isEqualTo("null");
    }

    @Test
    void oneRowOfMany() {
        JsonTree tree = new JsonTree(TreeShape.of(AUTHORS), Form.OBJECT, Long.MAX_VALUE);
        tree.row(DataRows.of("0", "1", null, null));
        tree.row(DataRows.of("3", "x", null, null));
        tree.row(DataRows.of("0", "2", null, null));
        tree.row(DataRows.of("3", "y", null, null));
        tree.end();
        tree.end();
        assertThat(tree.rows()).isEqualTo(2);
        assertThat(text(tree))
                .isEqualTo("{\"id\":1,\"posts\":[],\"home\":null,\"books\":[{\"isbn\": \"x\"}]}");
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        ByteBuf author = DataRows.of("0", "1", null, null);
        ByteBuf post = DataRows.of("1", "7", "seven", null);
        ByteBuf like = DataRows.of("2", "Ann", null, null);
        ByteBuf book = DataRows.of("3", "x", null, null);
        refused(post);
        refused(author, like);
        refused(author, book, like);
        // An array that has ended.
        refused(author, book, post);
        refused(author, post, book, post);
        refused(DataRows.of("4", "1", null, null));
        refused(DataRows.of("-1", "1", null, null));
        refused(DataRows.of("99999999999", "1", null, null));
        refused(DataRows.of(null, "1", null, null));
        refused(DataRows.of("0", "1"));
    }

    /// Whose array is it?
    @Test
    void rowsInsideOfNothingAreRefused() {
        List<Member> inside =
                List.of(
                        new One(
                                "post",
                                List.of(
                                        new Value("id", JsonKind.NUMBER),
                                        new Many(
                                                "likes",
                                                List.of(new Value("by", JsonKind.TEXT))))));
        JsonTree tree = new JsonTree(TreeShape.of(inside), Form.ARRAY, Long.MAX_VALUE);
        tree.row(DataRows.of("0", null, null));
        assertThatThrownBy(() -> tree.row(DataRows.of("1", "Ann", null)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void refused(ByteBuf... rows) {
        JsonTree tree = new JsonTree(TreeShape.of(AUTHORS), Form.ARRAY, Long.MAX_VALUE);
        for (int i = 0; i < rows.length - 1; i++) {
            tree.row(rows[i].duplicate());
        }
        assertThatThrownBy(() -> tree.row(rows[rows.length - 1].duplicate()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsMoreThanMayBeIsNotKept() {
        String whole = "[{\"id\":1,\"posts\":[],\"home\":{\"city\": \"Delft\"},\"books\":[]}]";
        for (int limit = 0; limit <= whole.length(); limit++) {
            JsonTree tree = new JsonTree(TreeShape.of(AUTHORS), Form.ARRAY, limit);
            tree.row(DataRows.of("0", "1", "t", "Delft"));
            tree.end();
            assertThat(tree.isTooLarge()).isEqualTo(limit < whole.length());
        }
        JsonTree tree = new JsonTree(TreeShape.of(AUTHORS), Form.ARRAY, 100);
        for (int i = 0; i < 100; i++) {
            tree.row(DataRows.of("0", "1", null, null));
            tree.row(DataRows.of("3", "isbn", null, null));
        }
        assertThat(tree.isTooLarge()).isTrue();
        assertThat(tree.rows()).isEqualTo(100);
        tree.end();
        assertThatThrownBy(tree::body).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void membersOfJsonbGoByLengthAndThenByBytes() {
        List<String> names =
                new ArrayList<>(
                        List.of("aa", "ä", "b", "Z", "z", "é", "aaa", "\uD83D\uDE00", "\uFFFD"));
        names.sort(TreeShape.JSONB_ORDER);
        assertThat(names)
                .containsExactly("Z", "b", "z", "aa", "ä", "é", "aaa", "\uFFFD", "\uD83D\uDE00");
    }

    /// Any tree, against one that is written when all of it is known.
    @RepeatedTest(300)
    void anyTree(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Member> members = members(random, 0);
        TreeShape shape = TreeShape.of(members);
        List<ByteBuf> rows = new ArrayList<>();
        Reference reference = new Reference(random, rows, shape.isDeep());
        String expected = reference.outermost(members);
        JsonTree tree = new JsonTree(shape, Form.ARRAY, Long.MAX_VALUE);
        for (ByteBuf row : rows) {
            ByteBuf standing = Unpooled.directBuffer().writeLong(7).writeBytes(row);
            tree.row(standing.skipBytes(Long.BYTES));
            standing.release();
        }
        tree.end();
        assertThat(text(tree)).isEqualTo(expected);
    }

    private static List<Member> members(Random random, int depth) {
        List<Member> members = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = i + RandomText.of(random, random.nextInt(6));
            members.add(
                    switch (depth > 3 ? 0 : random.nextInt(5)) {
                        case 3 -> new One(name, members(random, depth + 1));
                        case 4 -> new Many(name, members(random, depth + 1));
                        case 2 -> new Value(name, JsonKind.NUMBER);
                        default -> new Value(name, JsonKind.TEXT);
                    });
        }
        return members;
    }

    /// Makes values and what becomes of them at the same time.
    private static final class Reference {
        private final Random random;
        private final List<ByteBuf> rows;
        private final boolean deep;
        private int levels;

        Reference(Random random, List<ByteBuf> rows, boolean deep) {
            this.random = random;
            this.rows = rows;
            this.deep = deep;
        }

        String outermost(List<Member> members) {
            List<String> objects = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                levels = 1;
                objects.add(row(members, 0, ",", ":"));
            }
            return "[" + String.join(", \n ", objects) + "]";
        }

        private String row(List<Member> members, int number, String between, String behind) {
            List<@Nullable String> columns = new ArrayList<>();
            if (deep) {
                columns.add(String.valueOf(number));
            }
            int place = rows.size();
            rows.add(Unpooled.EMPTY_BUFFER);
            String object = object(members, columns, between, behind);
            for (int i = random.nextInt(3); i > 0; i--) {
                columns.add(null);
            }
            rows.set(place, DataRows.of(columns.toArray(String[]::new)));
            return object;
        }

        private String object(
                List<Member> members,
                List<@Nullable String> columns,
                String between,
                String behind) {
            List<String> parts = new ArrayList<>();
            for (Member member : members) {
                parts.add(quoted(member.name()) + behind + member(member, columns));
            }
            return "{" + String.join(between, parts) + "}";
        }

        private String member(Member member, List<@Nullable String> columns) {
            return switch (member) {
                case Value(_, JsonKind kind) -> value(kind, columns);
                case One(_, List<Member> members) -> {
                    if (random.nextInt(3) == 0) {
                        absent(members, columns);
                        yield "null";
                    }
                    columns.add("t");
                    yield object(members, columns, ", ", ": ");
                }
                case Many(_, List<Member> members) -> {
                    int number = levels;
                    int behind = number + 1 + arrays(members);
                    List<String> objects = new ArrayList<>();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        levels = number + 1;
                        objects.add(row(members, number, ", ", ": "));
                    }
                    levels = behind;
                    yield "[" + String.join(", ", objects) + "]";
                }
            };
        }

        private String value(JsonKind kind, List<@Nullable String> columns) {
            if (random.nextInt(5) == 0) {
                columns.add(null);
                return "null";
            }
            String text =
                    kind == JsonKind.NUMBER
                            ? String.valueOf(random.nextInt())
                            : RandomText.of(
                                    random, random.nextInt(random.nextInt(9) == 0 ? 900 : 9));
            columns.add(text);
            return kind == JsonKind.NUMBER ? text : quoted(text);
        }

        private void absent(List<Member> members, List<@Nullable String> columns) {
            columns.add(null);
            for (Member member : members) {
                switch (member) {
                    case Value _ -> columns.add(null);
                    case One(_, List<Member> inside) -> absent(inside, columns);
                    case Many(_, List<Member> inside) -> levels += 1 + arrays(inside);
                }
            }
        }

        private static int arrays(List<Member> members) {
            int arrays = 0;
            for (Member member : members) {
                arrays +=
                        switch (member) {
                            case Value _ -> 0;
                            case One(_, List<Member> inside) -> arrays(inside);
                            case Many(_, List<Member> inside) -> 1 + arrays(inside);
                        };
            }
            return arrays;
        }

        private static String quoted(String text) {
            JsonBytes out = new JsonBytes();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.quoted(bytes, 0, bytes.length);
            return new String(out.toArray(), StandardCharsets.UTF_8);
        }
    }

    private static String written(Form form, ByteBuf... rows) {
        JsonTree tree = new JsonTree(TreeShape.of(AUTHORS), form, Long.MAX_VALUE);
        Arrays.stream(rows).forEach(tree::row);
        tree.end();
        return text(tree);
    }

    private static String text(JsonTree tree) {
        return tree.body().toString(StandardCharsets.UTF_8);
    }
}
