package dev.ashlar.plan;

import dev.ashlar.catalog.Table;
import dev.ashlar.identity.Role;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// The column that was probably meant, by PostgreSQL's own measure, so that a name refused here
/// gets the hint that the database would give: at most three letters inserted, deleted or replaced,
/// no more than half of those written; two columns when they are equally near, none when more are.
final class NearestColumn {
    private static final int MAX_DISTANCE = 3;

    private NearestColumn() {}

    /// PostgreSQL's hint would name any column; ours only those that the role may read.
    static List<String> find(Table table, String written, Role role) {
        return table.fullReaders().contains(role.name())
                ? find(written, table.columns().keySet())
                : List.of();
    }

    static List<String> find(String written, Collection<String> columns) {
        // PostgreSQL counts letters between names, but bytes in them.
        int length = written.getBytes(StandardCharsets.UTF_8).length;
        int best = MAX_DISTANCE;
        List<String> nearest = List.of();
        for (String column : columns) {
            int distance = distance(written, column, best);
            if (distance > best || distance > length / 2) {
                continue;
            }
            if (distance < best || nearest.isEmpty()) {
                nearest = List.of(column);
                best = distance;
            } else if (nearest.size() == 1) {
                nearest = List.of(nearest.getFirst(), column);
            } else {
                // Too many to choose from: only a nearer one counts from here on.
                nearest = List.of();
                best = distance - 1;
            }
        }
        return nearest;
    }

    /// In letters; anything beyond `most` is as good as far away. What is written may be as long as
    /// a request allows, but then lengths alone rule it out.
    private static int distance(String written, String column, int most) {
        if (Math.abs(written.length() - column.length()) > 2 * most) {
            return most + 1;
        }
        int[] a = written.codePoints().toArray();
        int[] b = column.codePoints().toArray();
        int[] previous = new int[b.length + 1];
        int[] current = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            current[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] spare = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length];
    }
}
