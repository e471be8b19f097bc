package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Routine.Argument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads routines from the rows of `routines.sql`.
///
/// @param columns of the row types that routines return, by relation and number
/// @param relations the exposed ones
record RoutineRows(Types types, Map<Long, Columns> columns, Map<Long, RelationRow> relations) {

    /// By oid.
    Map<Long, Routine> read(ResultSet rows) throws SQLException {
        Map<Long, Routine> routines = new HashMap<>();
        while (rows.next()) {
            routines.put(rows.getLong("oid"), routine(rows));
        }
        return routines;
    }

    /// In the order of the names, overloads in that of their oids.
    static Map<QualifiedName, List<Routine>> byName(Map<Long, Routine> routines) {
        Map<QualifiedName, List<Routine>> byName = new TreeMap<>(QualifiedName.ORDER);
        routines.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .forEach(routine ->
                        byName.computeIfAbsent(routine.name(), _ -> new ArrayList<>(1))
                                .add(routine));
        byName.replaceAll((_, overloads) -> List.copyOf(overloads));
        return new LinkedHashMap<>(byName);
    }

    private Routine routine(ResultSet row) throws SQLException {
        List<String> typeNames = Rows.texts(row, "types");
        List<String> names = Rows.texts(row, "names");
        List<String> modes = Rows.texts(row, "modes");
        List<Long> typeOids = Rows.numbers(row, "type_oids");
        List<Argument> in = new ArrayList<>();
        List<Column> out = new ArrayList<>();
        int inputs = inputs(modes, typeNames.size());
        int optionalFrom = inputs - row.getInt("defaults");
        for (int i = 0; i < typeNames.size(); i++) {
            // Without modes all are IN, without names all are unnamed.
            String mode = modes.isEmpty() ? "i" : modes.get(i);
            String name = names.isEmpty() ? "" : names.get(i);
            if (isInput(mode)) {
                in.add(new Argument(name, typeNames.get(i), in.size() < optionalFrom));
            }
            if (mode.equals("o") || mode.equals("b") || mode.equals("t")) {
                out.add(outColumn(name, out.size() + 1, typeNames.get(i), typeOids.get(i)));
            }
        }
        return new Routine(
                new QualifiedName(Rows.text(row, "nspname"), Rows.text(row, "proname")),
                List.copyOf(in),
                returns(row, out),
                volatility(Rows.text(row, "volatility")),
                row.getBoolean("variadic"),
                settings(Rows.texts(row, "settings")),
                Rows.names(row, "callers"),
                row.getString("description"));
    }

    private Routine.Returns returns(ResultSet row, List<Column> out) throws SQLException {
        long relation = row.getLong("return_relation");
        RelationRow table = relations.get(relation);
        List<Column> all = out;
        if (out.isEmpty() && relation != 0) {
            all = columns.getOrDefault(relation, Columns.NONE).all();
        }
        return new Routine.Returns(
                Rows.text(row, "return_type"),
                row.getBoolean("return_set"),
                row.getBoolean("return_composite") || !out.isEmpty(),
                table == null ? null : table.name(),
                List.copyOf(all),
                MediaTypes.usable(row.getString("media_type")));
    }

    /// PostgreSQL calls an unnamed OUT argument column1, column2, ….
    private Column outColumn(String name, int position, String type, long oid) {
        return new Column(
                name.isEmpty() ? "column" + position : name,
                type,
                types.baseName(oid, type),
                true,
                null,
                types.labels(oid),
                null,
                Column.Declaration.NONE,
                null);
    }

    /// From `name=value`.
    private static Map<String, String> settings(List<String> texts) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            settings.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return Collections.unmodifiableMap(settings);
    }

    private static int inputs(List<String> modes, int all) {
        return modes.isEmpty() ? all : (int) modes.stream().filter(RoutineRows::isInput).count();
    }

    private static boolean isInput(String mode) {
        return mode.equals("i") || mode.equals("b") || mode.equals("v");
    }

    private static Routine.Volatility volatility(String letter) {
        return switch (letter) {
            case "i" -> Routine.Volatility.IMMUTABLE;
            case "s" -> Routine.Volatility.STABLE;
            default -> Routine.Volatility.VOLATILE;
        };
    }
}
