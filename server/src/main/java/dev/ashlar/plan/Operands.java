package dev.ashlar.plan;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.ComputedField;
import dev.ashlar.catalog.Table;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Aggregate;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.plan.ReadNode.AggregateValue;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Operand.Aggregation;
import dev.ashlar.predicate.Operand.Aggregation.Function;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks up the column that a path starts from.
final class Operands {
    /// What a row of a table has besides its own columns (PostgreSQL manual, 5.6), to be named but
    /// not meant by `*`.
    private static final Map<String, Column> SYSTEM_COLUMNS =
            Map.of(
                    "tableoid", Column.of("tableoid", "oid", "oid"),
                    "xmin", Column.of("xmin", "xid", "xid"),
                    "cmin", Column.of("cmin", "cid", "cid"),
                    "xmax", Column.of("xmax", "xid", "xid"),
                    "cmax", Column.of("cmax", "cid", "cid"),
                    "ctid", Column.of("ctid", "tid", "tid"));

    private final Role role;
    private final int depth;

    /// `role` bounds what a hint may name; `depth` is how many levels of embeds are around, 0 for
    /// none.
    Operands(Role role, int depth) {
        this.role = role;
        this.depth = depth;
    }

    Operand resolve(Table table, FieldPath path) {
        List<Operand.Step> steps = path.steps().stream().map(Operands::step).toList();
        Column column = table.columns().get(path.column());
        if (column != null) {
            return new Operand(column, null, steps, null);
        }
        ComputedField computed = table.computed().get(path.column());
        if (computed != null) {
            return new Operand(computed.column(), computed.function(), steps, null);
        }
        Column system = SYSTEM_COLUMNS.get(path.column());
        if (system != null && hasSystemColumns(table)) {
            return new Operand(system, null, steps, null);
        }
        throw new ProblemException(missing(table, path.column()));
    }

    private static boolean hasSystemColumns(Table table) {
        return switch (table.kind()) {
            case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW, FOREIGN_TABLE -> true;
            case VIEW -> false;
        };
    }

    boolean knows(Table table, String name) {
        return table.columns().containsKey(name) || table.computed().containsKey(name);
    }

    /// A value over a group of rows, to be compared or sorted by; no path counts rows.
    Operand resolve(Table table, Aggregate aggregate, @Nullable FieldPath path) {
        Function function = Function.valueOf(aggregate.name());
        Operand of = path == null ? null : resolve(table, path);
        String type =
                switch (function) {
                    case COUNT -> "bigint";
                    case SUM, AVG -> of == null ? "numeric" : total(of.column().baseType());
                    case MAX, MIN -> of == null ? "numeric" : of.column().baseType();
                };
        Column column = Column.of(aggregate.name().toLowerCase(Locale.ROOT), type, type);
        return new Operand(column, null, List.of(), new Aggregation(function, of));
    }

    /// The value of a selected aggregate.
    Operand aggregated(AggregateValue value) {
        Column column = Column.of(value.name(), "numeric", "numeric");
        return new Operand(
                column, null, List.of(), new Aggregation(value.function(), value.operand()));
    }

    /// What values of a type add up to (PostgreSQL manual, 9.21).
    private static String total(String type) {
        return switch (type) {
            case "real", "double precision" -> "double precision";
            case "interval", "money" -> type;
            default -> "numeric";
        };
    }

    private CatalogProblem missing(Table table, String column) {
        return new CatalogProblem.ColumnMissing(
                label(table), column, NearestColumn.find(table, column, role));
    }

    /// What the table goes by in refusals: embedded ones are told apart by their depth
    /// (`author_1`).
    private String label(Table table) {
        return depth == 0 ? table.name().name() : table.name().name() + "_" + depth;
    }

    private static Operand.Step step(FieldPath.Step step) {
        return switch (step) {
            case FieldPath.Key(String key, var form) ->
                    new Operand.Key(key, form == FieldPath.Form.TEXT);
            case FieldPath.Index(int index, var form) ->
                    new Operand.Index(index, form == FieldPath.Form.TEXT);
        };
    }
}
