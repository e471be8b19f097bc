package dev.ashlar.backend.postgres.json;

import dev.ashlar.backend.postgres.json.TreeShape.Step.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// What an answer with related rows inside its rows looks like, and how its parts lie in what the
/// database sends: a row for each object of a level, the levels numbered as they come when all are
/// gone through, a level before those inside it. A level's columns are its values as they are
/// written, and those of its to-one objects among them, each behind a column that is NULL where
/// there is no such object.
public final class TreeShape {
    /// In which `jsonb` keeps the members of an object.
    public static final Comparator<String> JSONB_ORDER =
            Comparator.<String>comparingInt(name -> utf8(name).length)
                    .thenComparing((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));

    private static final Punctuation OUTERMOST = new Punctuation(",", ":");
    private static final Punctuation INSIDE = new Punctuation(", ", ": ");

    private final List<Level> levels;

    private final AnswerRoom room = new AnswerRoom();

    /// What a row of each level may take besides its bytes.
    private final long extraBytes;

    public sealed interface Member {
        String name();
    }

    public record Value(String name, JsonKind kind) implements Member {}

    /// An object, or `null`; its members in the order of [#JSONB_ORDER].
    public record One(String name, List<Member> members) implements Member {}

    /// An array of objects; its members in the order of [#JSONB_ORDER].
    public record Many(String name, List<Member> members) implements Member {}

    /// `json` is written without spaces, `jsonb` with.
    private record Punctuation(String between, String behindName) {}

    /// What is done for one part of a level's row, behind the syntax and the name before it.
    static final class Step {
        private final byte[] before;
        private final Action action;
        private final JsonKind kind;
        private final int target;
        private final int columns;

        enum Action {
            VALUE,
            ONE,
            MANY,
            END
        }

        private Step(byte[] before, Action action, JsonKind kind, int target, int columns) {
            this.before = before;
            this.action = action;
            this.kind = kind;
            this.target = target;
            this.columns = columns;
        }

        void writeBefore(JsonBytes out) {
            out.put(before);
        }

        Action action() {
            return action;
        }

        /// Of a value.
        JsonKind kind() {
            return kind;
        }

        /// Of an object, the step behind its last; of an array, the number of the level whose rows
        /// it has.
        int target() {
            return target;
        }

        /// How many an object has, those of objects inside it among them.
        int columns() {
            return columns;
        }
    }

    /// @param parent the number of the level around it, or -1
    /// @param constantBytes of syntax and names, at most
    record Level(int parent, List<Step> steps, int columns, int constantBytes) {
        private static final Level PENDING = new Level(-1, List.of(), 0, 0);
    }

    private TreeShape(List<Level> levels) {
        this.levels = levels;
        long extra = 0;
        for (Level level : levels) {
            extra += level.constantBytes() + (long) level.columns() * JsonValues.MAX_EXTRA_BYTES;
        }
        extraBytes = extra;
    }

    /// The members of the outermost level, in the order in which they are to be written.
    public static TreeShape of(List<Member> members) {
        List<Level> levels = new ArrayList<>();
        new Compiler(levels).level(members, -1, OUTERMOST);
        return new TreeShape(List.copyOf(levels));
    }

    /// Whether rows say of which level they are, in a column before all others.
    public boolean isDeep() {
        return levels.size() > 1;
    }

    int depth() {
        return levels.size();
    }

    /// How many columns a row of the outermost level has for itself, without the one that tells the
    /// level.
    public int outermostColumns() {
        return level(0).columns();
    }

    Level level(int number) {
        return levels.get(number);
    }

    AnswerRoom room() {
        return room;
    }

    long extraBytes() {
        return extraBytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Makes the steps of one level.
    private static final class Compiler {
        /// `null` and what stands around arrays.
        private static final int MORE_BYTES = 8;

        private final List<Level> levels;
        private final List<Step> steps = new ArrayList<>();
        private int number;
        private int columns;

        Compiler(List<Level> levels) {
            this.levels = levels;
        }

        void level(List<Member> members, int parent, Punctuation punctuation) {
            number = levels.size();
            levels.add(Level.PENDING);
            object(members, punctuation);
            int bytes = steps.stream().mapToInt(step -> step.before.length + MORE_BYTES).sum();
            levels.set(number, new Level(parent, List.copyOf(steps), columns, bytes));
        }

        private void object(List<Member> members, Punctuation punctuation) {
            if (members.isEmpty()) {
                throw new IllegalArgumentException("an object without members");
            }
            String before = "{";
            for (Member member : members) {
                member(name(before, member.name(), punctuation), member);
                before = punctuation.between();
            }
            steps.add(new Step(utf8("}"), Action.END, JsonKind.JSON, 0, 0));
        }

        private void member(byte[] before, Member member) {
            switch (member) {
                case Value(_, JsonKind kind) -> {
                    columns++;
                    steps.add(new Step(before, Action.VALUE, kind, 0, 0));
                }
                case One(_, List<Member> members) -> {
                    columns++;
                    int at = steps.size();
                    int first = columns;
                    steps.add(new Step(before, Action.ONE, JsonKind.JSON, 0, 0));
                    object(members, INSIDE);
                    int inside = columns - first;
                    steps.set(
                            at, new Step(before, Action.ONE, JsonKind.JSON, steps.size(), inside));
                }
                case Many(_, List<Member> members) -> {
                    steps.add(new Step(before, Action.MANY, JsonKind.JSON, levels.size(), 0));
                    new Compiler(levels).level(members, number, INSIDE);
                }
            }
        }

        private static byte[] name(String before, String name, Punctuation punctuation) {
            JsonBytes out = new JsonBytes();
            out.put(utf8(before));
            byte[] bytes = utf8(name);
            out.quoted(bytes, 0, bytes.length);
            out.put(utf8(punctuation.behindName()));
            return out.toArray();
        }
    }
}
