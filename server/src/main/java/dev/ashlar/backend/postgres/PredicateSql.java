package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.plan.Embed;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes a predicate as a boolean expression. Values are text parameters, cast to the operand's
/// type by the database, so that its own words tell what is wrong with a value.
final class PredicateSql {
    private static final Set<String> TEXT = Set.of("text", "character varying");
    private static final Set<String> SEARCHABLE =
            Set.of("text", "character varying", "bpchar", "json", "jsonb");

    private final SqlText sql;
    private final String alias;
    private final List<String> embedAliases;
    private final List<Embed> embeds;

    PredicateSql(SqlText sql, String alias, List<String> embedAliases, List<Embed> embeds) {
        this.sql = sql;
        this.alias = alias;
        this.embedAliases = embedAliases;
        this.embeds = embeds;
    }

    void write(Predicate predicate) {
        switch (predicate) {
            case Predicate.And(var parts) -> all(parts);
            case Predicate.Or(var parts) -> any(parts);
            case Predicate.Not(var part) -> {
                sql.sql("NOT (");
                write(part);
                sql.sql(")");
            }
            case Predicate.Compare(var operand, var comparison, var value) ->
                    compare(operand, comparison, value);
            case Predicate.CompareEach(var operand, var comparison, var quantifier, var values) -> {
                OperandSql.comparable(sql, alias, operand);
                operator(comparison);
                sql.sql(quantifier == Predicate.Quantifier.ANY ? "ANY (" : "ALL (");
                values(operand, comparison, values);
                sql.sql(")");
            }
            case Predicate.In(var operand, var values) -> in(operand, values);
            case Predicate.Is(var operand, var truth) -> {
                OperandSql.value(sql, alias, operand);
                truth(truth);
            }
            case Predicate.FullText search -> search(search);
            case Predicate.EmbedPresent(int embed) -> present(embed);
        }
    }

    private void all(List<Predicate> parts) {
        for (int i = 0; i < parts.size(); i++) {
            sql.sql(i == 0 ? "" : " AND ");
            part(parts.get(i), parts.size());
        }
        sql.sql(parts.isEmpty() ? "TRUE" : "");
    }

    private void any(List<Predicate> parts) {
        for (int i = 0; i < parts.size(); i++) {
            sql.sql(i == 0 ? "" : " OR ");
            part(parts.get(i), parts.size());
        }
        sql.sql(parts.isEmpty() ? "FALSE" : "");
    }

    private void part(Predicate part, int parts) {
        boolean nested =
                parts > 1 && (part instanceof Predicate.And || part instanceof Predicate.Or);
        sql.sql(nested ? "(" : "");
        write(part);
        sql.sql(nested ? ")" : "");
    }

    private void compare(Operand operand, Predicate.Comparison comparison, String value) {
        OperandSql.comparable(sql, alias, operand);
        operator(comparison);
        sql.parameter(isPattern(comparison) ? value.replace('*', '%') : value).sql("::text");
        if (!isTextual(operand) && !matchesText(comparison)) {
            castFromText(operand);
        }
    }

    private void in(Operand operand, List<String> values) {
        if (!operand.column().baseType().endsWith("[]") || !operand.steps().isEmpty()) {
            OperandSql.comparable(sql, alias, operand);
            sql.sql(" = ANY (");
            values(operand, Predicate.Comparison.EQUAL, values);
            sql.sql(")");
            return;
        }
        // An array of arrays has one dimension more, not another element type: compare one by one.
        sql.sql("(");
        any(
                values.stream()
                        .<Predicate>map(value ->
                                new Predicate.Compare(operand, Predicate.Comparison.EQUAL, value))
                        .toList());
        sql.sql(")");
    }

    private void values(Operand operand, Predicate.Comparison comparison, List<String> values) {
        String[] texts = values.toArray(String[]::new);
        if (isPattern(comparison)) {
            for (int i = 0; i < texts.length; i++) {
                texts[i] = texts[i].replace('*', '%');
            }
        }
        sql.parameter(texts).sql("::text[]");
        if (!isTextual(operand) && !matchesText(comparison)) {
            castFromText(operand);
            sql.sql("[]");
        }
    }

    private void castFromText(Operand operand) {
        if (operand.steps().isEmpty()) {
            sql.sql("::").catalogType(CatalogType.base(operand.column()));
        } else {
            sql.sql("::jsonb");
        }
    }

    /// Whether a text parameter has the operand's type as it is.
    private static boolean isTextual(Operand operand) {
        return operand.steps().isEmpty()
                ? TEXT.contains(operand.column().baseType())
                : operand.yieldsText();
    }

    private static boolean isPattern(Predicate.Comparison comparison) {
        return comparison == Predicate.Comparison.LIKE || comparison == Predicate.Comparison.ILIKE;
    }

    private static boolean matchesText(Predicate.Comparison comparison) {
        return isPattern(comparison)
                || comparison == Predicate.Comparison.MATCH
                || comparison == Predicate.Comparison.IMATCH;
    }

    private void operator(Predicate.Comparison comparison) {
        switch (comparison) {
            case EQUAL -> sql.sql(" = ");
            case NOT_EQUAL -> sql.sql(" <> ");
            case GREATER -> sql.sql(" > ");
            case GREATER_OR_EQUAL -> sql.sql(" >= ");
            case LESS -> sql.sql(" < ");
            case LESS_OR_EQUAL -> sql.sql(" <= ");
            case LIKE -> sql.sql(" LIKE ");
            case ILIKE -> sql.sql(" ILIKE ");
            case MATCH -> sql.sql(" ~ ");
            case IMATCH -> sql.sql(" ~* ");
            case DISTINCT -> sql.sql(" IS DISTINCT FROM ");
            case CONTAINS -> sql.sql(" @> ");
            case CONTAINED -> sql.sql(" <@ ");
            case OVERLAPS -> sql.sql(" && ");
            case STRICTLY_LEFT -> sql.sql(" << ");
            case STRICTLY_RIGHT -> sql.sql(" >> ");
            case NOT_EXTENDS_RIGHT -> sql.sql(" &< ");
            case NOT_EXTENDS_LEFT -> sql.sql(" &> ");
            case ADJACENT -> sql.sql(" -|- ");
        }
    }

    private void truth(Predicate.Truth truth) {
        switch (truth) {
            case NULL -> sql.sql(" IS NULL");
            case NOT_NULL -> sql.sql(" IS NOT NULL");
            case TRUE -> sql.sql(" IS TRUE");
            case FALSE -> sql.sql(" IS FALSE");
            case UNKNOWN -> sql.sql(" IS UNKNOWN");
        }
    }

    private void search(Predicate.FullText search) {
        Operand operand = search.operand();
        if (!operand.steps().isEmpty() || SEARCHABLE.contains(operand.column().baseType())) {
            sql.sql("to_tsvector(");
            language(search.language());
            OperandSql.value(sql, alias, operand);
            sql.sql(")");
        } else {
            OperandSql.value(sql, alias, operand);
        }
        switch (search.parser()) {
            case QUERY -> sql.sql(" @@ to_tsquery(");
            case PLAIN -> sql.sql(" @@ plainto_tsquery(");
            case PHRASE -> sql.sql(" @@ phraseto_tsquery(");
            case WEB -> sql.sql(" @@ websearch_to_tsquery(");
        }
        language(search.language());
        sql.parameter(search.text()).sql("::text)");
    }

    private void language(Optional<String> language) {
        if (language.isPresent()) {
            sql.parameter(language.get()).sql("::text::regconfig, ");
        }
    }

    private void present(int index) {
        String embed = embedAliases.get(index);
        if (embeds.get(index).placement() == Placement.SPREAD) {
            sql.sql("(").identifier(embed).sql(".*) IS DISTINCT FROM NULL");
        } else {
            sql.identifier(embed).sql(".v IS NOT NULL");
        }
    }
}
