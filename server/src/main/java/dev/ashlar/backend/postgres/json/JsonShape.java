package dev.ashlar.backend.postgres.json;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What rows of an answer look like: the names of their members and how each value is written. Made
/// once for any number of rows.
public final class JsonShape {
    /// Longer names are cut by the database, so that it would have the last word.
    private static final int MAX_NAME_BYTES = 63;

    private final List<Member> members;

    /// All names, quoted and with what stands before and behind them, one after the other.
    private final byte[] names;

    private final int[] ends;
    private final JsonKind[] kinds;

    private final AnswerRoom room = new AnswerRoom();

    /// One member of each row.
    public record Member(String name, JsonKind kind) {}

    private JsonShape(List<Member> members, byte[] names, int[] ends) {
        this.members = members;
        this.names = names;
        this.ends = ends;
        kinds = members.stream().map(Member::kind).toArray(JsonKind[]::new);
    }

    public static JsonShape of(List<Member> members) {
        JsonBytes names = new JsonBytes();
        int[] ends = new int[members.size()];
        for (int i = 0; i < ends.length; i++) {
            names.put(i == 0 ? '{' : ',');
            byte[] name = members.get(i).name().getBytes(StandardCharsets.UTF_8);
            names.quoted(name, 0, name.length);
            names.put(':');
            ends[i] = names.length();
        }
        return new JsonShape(List.copyOf(members), names.toArray(), ends);
    }

    /// Whether the database keeps the name as it is.
    static boolean keeps(String name) {
        // Most are short: no character takes more than three bytes for each of its code units.
        return name.length() * 3 <= MAX_NAME_BYTES
                || name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    /// Whether the database keeps each of the names as it is, and none comes twice.
    public static boolean keepsAll(List<String> names) {
        Set<String> own = new HashSet<>();
        return names.stream().allMatch(name -> keeps(name) && own.add(name));
    }

    public List<Member> members() {
        return members;
    }

    int size() {
        return ends.length;
    }

    JsonKind kind(int member) {
        return kinds[member];
    }

    /// `{"name":` or `,"name":`.
    void writeName(JsonBytes out, int member) {
        int from = member == 0 ? 0 : ends[member - 1];
        out.put(names, from, ends[member] - from);
    }

    AnswerRoom room() {
        return room;
    }

    int nameBytes() {
        return names.length;
    }
}
