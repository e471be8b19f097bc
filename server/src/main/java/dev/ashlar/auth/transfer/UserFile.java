package dev.ashlar.auth.transfer;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a file of users: an export of Firebase (JSON), a dump of Supabase's tables (SQL), or CSV
/// with a line of names, which may be those of `auth.users` as Supabase exports it or plain ones.
public final class UserFile {
    /// ISO 8601 and what PostgreSQL writes, whose offset may be hours alone.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd['T'][' ']HH:mm:ss")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .parseLenient()
                    .appendOffset("+HH:mm", "Z")
                    .toFormatter(Locale.ROOT);

    /// Columns that hold the same, by the name that is used here.
    private static final Map<String, String> ALIASES =
            Map.of(
                    "encrypted_password", "password_hash",
                    "raw_user_meta_data", "user_metadata",
                    "raw_app_meta_data", "app_metadata",
                    "email_confirmed", "email_confirmed_at",
                    "email_verified", "email_confirmed_at",
                    "phone_confirmed", "phone_confirmed_at");

    private UserFile() {}

    /// @throws IllegalArgumentException when the file as a whole is none of users
    public static List<UserLine> read(String text, Optional<FirebaseHashing> hashing) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return FirebaseUsers.read(text, hashing);
        }
        return SupabaseDump.isOne(text) ? SupabaseDump.read(text) : csv(text);
    }

    private static List<UserLine> csv(String text) {
        List<CsvRows.Row> rows = CsvRows.parse(text);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("the file is empty");
        }
        List<String> names =
                rows.getFirst().fields().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        if (!names.contains("email") && !names.contains("phone")) {
            throw new IllegalArgumentException(
                    "the first line must name the columns, email or phone among them");
        }
        List<UserLine> lines = new ArrayList<>();
        for (CsvRows.Row row : rows.subList(1, rows.size())) {
            lines.add(line(names, row, List::of));
        }
        return lines;
    }

    /// `elsewhere` gives identities that the row itself does not tell of.
    static UserLine line(
            List<String> names, CsvRows.Row row, Supplier<List<ImportedIdentity>> elsewhere) {
        if (row.fields().size() != names.size()) {
            return new UserLine.Faulty(
                    row.line(),
                    "%d fields for %d columns".formatted(row.fields().size(), names.size()));
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = row.fields().get(i);
            if (!value.isEmpty() && !value.equals("NULL") && !value.equals("\\N")) {
                values.put(ALIASES.getOrDefault(names.get(i), names.get(i)), value);
            }
        }
        try {
            List<ImportedIdentity> identities = new ArrayList<>(identities(values));
            identities.addAll(elsewhere.get());
            return new UserLine.Read(row.line(), user(values, identities));
        } catch (IllegalArgumentException e) {
            return new UserLine.Faulty(row.line(), String.valueOf(e.getMessage()));
        }
    }

    private static ImportedUser user(Map<String, String> values, List<ImportedIdentity> all) {
        require(!values.containsKey("deleted_at"), "the account was deleted");
        require(!values.getOrDefault("is_anonymous", "f").startsWith("t"), "an anonymous account");
        List<ImportedIdentity> identities =
                all.stream().filter(ImportedIdentity::isForeign).toList();
        require(
                values.containsKey("email") || values.containsKey("phone") || !identities.isEmpty(),
                "neither e-mail nor phone");
        require(
                !(values.containsKey("password") && values.containsKey("password_hash")),
                "a password and a hash of one");
        return new ImportedUser(
                id(values.get("id")),
                values.get("email"),
                moment(values, "email_confirmed_at"),
                values.get("phone"),
                moment(values, "phone_confirmed_at"),
                values.get("password"),
                values.get("password_hash"),
                object(values, "user_metadata"),
                object(values, "app_metadata"),
                identities,
                moment(values, "created_at"),
                moment(values, "banned_until"));
    }

    private static List<ImportedIdentity> identities(Map<String, String> values) {
        String text = values.get("identities");
        if (text == null) {
            return List.of();
        }
        try {
            if (Json.parse(text) instanceof JsonArray(List<JsonValue> elements)) {
                return elements.stream()
                        .map(element -> {
                            require(element instanceof JsonObject, "an identity is no object");
                            return ImportedIdentity.of((JsonObject) element);
                        })
                        .toList();
            }
        } catch (MalformedJsonException _) {
            // Answered below.
        }
        throw new IllegalArgumentException("identities is no JSON array");
    }

    private static @Nullable UUID id(@Nullable String text) {
        require(text == null || text.length() == 36, "id is no UUID");
        return text == null ? null : UUID.fromString(text);
    }

    /// A time, or `true` for some time ago.
    private static @Nullable Instant moment(Map<String, String> values, String name) {
        String text = values.get(name);
        if (text == null || text.equalsIgnoreCase("false") || text.equals("f")) {
            return null;
        }
        if (text.equalsIgnoreCase("true") || text.equals("t")) {
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException(name + " is no time");
        }
    }

    private static JsonObject object(Map<String, String> values, String name) {
        String text = values.get(name);
        try {
            if (text == null || text.equals("null")) {
                return JsonObject.EMPTY;
            }
            if (Json.parse(text) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException _) {
            // Answered below.
        }
        throw new IllegalArgumentException(name + " is no JSON object");
    }

    static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
