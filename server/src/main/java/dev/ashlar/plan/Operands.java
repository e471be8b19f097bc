package dev.ashlar.plan;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Table;
import dev.ashlar.config.NearestName;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.predicate.Operand;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.ProblemException;
import java.util.List;

/// Looks up the column that a path starts from.
final class Operands {
    private final Role role;

    /// `role` bounds what a hint may name.
    Operands(Role role) {
        this.role = role;
    }

    Operand resolve(Table table, FieldPath path) {
        Column column =
                table.findColumn(path.column())
                        .orElseThrow(() -> new ProblemException(missing(table, path.column())));
        List<Operand.Step> steps = path.steps().stream().map(Operands::step).toList();
        return new Operand(column, steps);
    }

    private CatalogProblem missing(Table table, String column) {
        String nearest =
                table.fullReaders().contains(role.name())
                        ? NearestName.find(column, table.columns().keySet()).orElse(null)
                        : null;
        return new CatalogProblem.ColumnMissing(table.name().name(), column, nearest);
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
