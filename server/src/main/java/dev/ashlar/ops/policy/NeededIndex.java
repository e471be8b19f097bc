package dev.ashlar.ops.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// An index that a policy looks rows up by, and that is not there.
///
/// @param policy of which table's policy it is needed
/// @param rows about how many the table has
public record NeededIndex(
        String schema, String table, List<String> columns, String policy, long rows) {
    /// Building an index on more takes seconds, in which nobody can write.
    private static final long LARGE = 1_000_000;

    private static final int MAX_NAME = 63;

    String sql() {
        String create =
                " if not exists "
                        + SqlName.quoted(name())
                        + " on "
                        + SqlName.qualified(schema, table)
                        + columns.stream()
                                .map(SqlName::quoted)
                                .collect(Collectors.joining(", ", " (", ");\n"));
        String why = "-- Policy " + SqlName.quoted(policy) + " looks rows up by it.\n";
        return rows < LARGE
                ? why + "create index" + create
                : why
                        + "-- The table has about "
                        + rows
                        + " rows, and a migration cannot build an index beside writes, which wait"
                        + " until it is there.\n-- On a database in use run this first, outside of a"
                        + " transaction; then the line below finds it done:\n--   create index"
                        + " concurrently"
                        + create
                        + "create index"
                        + create;
    }

    private String name() {
        String name = table + "_" + String.join("_", columns);
        while (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME - "_idx".length()) {
            name = name.substring(0, name.length() - 1);
        }
        return name + "_idx";
    }
}
