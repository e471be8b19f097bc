package dev.ashlar.ops.policy;

/// Names as migrations write them: always quoted.
final class SqlName {
    private SqlName() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String qualified(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }
}
