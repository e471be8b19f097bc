package dev.ashlar.auth.transfer;

import dev.ashlar.auth.transfer.CopyRows.Table;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// `auth.users` and `auth.identities` as pg_dump writes them.
final class SupabaseDump {
    private static final Pattern COPY = Pattern.compile("(?m)^COPY \"?auth\"?\\.\"?users\"? \\(");
    private static final Pattern INSERT =
            Pattern.compile("(?m)^INSERT INTO \"?auth\"?\\.\"?users\"? ");

    private SupabaseDump() {}

    static boolean isOne(String text) {
        if (COPY.matcher(text).find()) {
            return true;
        }
        if (INSERT.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "the dump has INSERT statements: make it without --inserts (supabase db dump"
                            + " needs --use-copy)");
        }
        return false;
    }

    static List<UserLine> read(String dump) {
        List<UserLine> lines = new ArrayList<>();
        Map<String, List<CsvRows.Row>> identities = identities(dump);
        Table users = CopyRows.of(dump, "users");
        Table named = CopyRows.of(dump, "identities");
        int id = users.columns().indexOf("id");
        UserFile.require(id >= 0, "auth.users has no column id");
        Set<String> known = new HashSet<>();
        for (CsvRows.Row row : users.rows()) {
            String user = id < row.fields().size() ? row.fields().get(id) : "";
            known.add(user);
            lines.add(
                    UserFile.line(
                            users.columns(),
                            row,
                            () -> read(named.columns(), identities.getOrDefault(user, List.of()))));
        }
        identities.forEach((user, rows) -> {
            if (!known.contains(user)) {
                rows.forEach(row ->
                        lines.add(
                                new UserLine.Faulty(
                                        row.line(), "an identity of no user of this file")));
            }
        });
        lines.sort(Comparator.comparingInt(UserLine::place));
        return lines;
    }

    private static Map<String, List<CsvRows.Row>> identities(String dump) {
        Table table = CopyRows.of(dump, "identities");
        int user = table.columns().indexOf("user_id");
        UserFile.require(
                table.rows().isEmpty() || user >= 0, "auth.identities has no column user_id");
        Map<String, List<CsvRows.Row>> byUser = new HashMap<>();
        for (CsvRows.Row row : table.rows()) {
            String of = user < row.fields().size() ? row.fields().get(user) : "";
            byUser.computeIfAbsent(of, _ -> new ArrayList<>()).add(row);
        }
        return byUser;
    }

    private static List<ImportedIdentity> read(List<String> columns, List<CsvRows.Row> rows) {
        List<ImportedIdentity> all = new ArrayList<>();
        for (CsvRows.Row row : rows) {
            try {
                UserFile.require(
                        row.fields().size() == columns.size(),
                        "%d fields for %d columns".formatted(row.fields().size(), columns.size()));
                all.add(identity(columns, row.fields()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "its identity in line " + row.line() + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    private static ImportedIdentity identity(List<String> columns, List<String> fields) {
        JsonObjectBuilder json = new JsonObjectBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (name.equals("identity_data")) {
                json.put(name, object(fields.get(i)));
            } else if (name.equals("provider") || name.equals("provider_id")) {
                json.put(name, fields.get(i));
            }
        }
        return ImportedIdentity.of(json.build());
    }

    private static JsonValue object(String text) {
        try {
            if (Json.parse(text) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException _) {
            // Answered below.
        }
        throw new IllegalArgumentException("identity_data is no JSON object");
    }
}
