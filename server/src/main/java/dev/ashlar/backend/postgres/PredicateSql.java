package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Representation;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a predicate as a boolean expression. Values are text parameters, cast to the operand's
/// type by the database, so that its own words tell what is wrong with a value.
final class PredicateSql {
    /// Up to here each value of a list is a parameter of its own.
    static final int MOST_LISTED = 32;

    private static final Set<String> TEXT = Set.of("text", "character varying");

    /// Of which a parameter is read once and refused in the same words as a text.
    private static final Set<String> READ_AT_ONCE = Set.of("smallint", "integer", "bigint", "uuid");

    private static final Set<String> SEARCHABLE =
            Set.of("text", "character varying", "bpchar", "json", "jsonb");

    private final SqlText sql;
    private final RowAlias row;
    private final List<Level.Join> joins;

    /// A condition on the rows of a table alone.
    PredicateSql(SqlText sql, String alias) {
        this(sql, RowAlias.typed(alias), List.of());
    }

    /// One that may ask for embeds of the same level.
    PredicateSql(SqlText sql, Level level) {
        this(sql, level.row(), level.joins());
    }

    private PredicateSql(SqlText sql, RowAlias row, List<Level.Join> joins) {
        this.sql = sql;
        this.row = row;
        this.joins = joins;
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
                OperandSql.comparable(sql, row, operand);
                operator(comparison);
                sql.sql(quantifier == Predicate.Quantifier.ANY ? "ANY (" : "ALL (");
                values(operand, comparison, () -> array(comparison, values));
                sql.sql(")");
            }
            case Predicate.In(var operand, var values) -> in(operand, values);
            case Predicate.Is(var operand, var truth) -> {
                OperandSql.value(sql, row, operand);
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
        OperandSql.comparable(sql, row, operand);
        operator(comparison);
        QualifiedName parser = parser(operand, comparison);
        if (parser != null) {
            sql.qualified(parser.schema(), parser.name()).sql("(");
            sql.parameter(value).sql("::text)");
            return;
        }
        sql.parameter(isPattern(comparison) ? value.replace('*', '%') : value);
        if (Operators.lacking(operand, comparison)) {
            return;
        }
        sql.sql("::text");
        if (!isTextual(operand) && !matchesText(comparison)) {
            castFromText(operand);
        }
    }

    /// The function by which the column's domain reads what is written on the wire.
    private static @Nullable QualifiedName parser(
            Operand operand, Predicate.Comparison comparison) {
        Representation representation = operand.column().representation();
        return representation == null || !operand.steps().isEmpty() || matchesText(comparison)
                ? null
                : representation.fromText();
    }

    private void in(Operand operand, List<String> values) {
        if (!operand.column().baseType().endsWith("[]") || !operand.steps().isEmpty()) {
            OperandSql.comparable(sql, row, operand);
            sql.sql(" = ANY (");
            if (!values.isEmpty()
                    && values.size() <= MOST_LISTED
                    && parser(operand, Predicate.Comparison.EQUAL) == null) {
                listed(operand, values);
                sql.sql(")");
                return;
            }
            String[] texts = values.toArray(String[]::new);
            values(operand, Predicate.Comparison.EQUAL, () -> sql.parameter(texts).sql("::text[]"));
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

    /// Of an array whose length stands in the text the database keeps a plan, as for any length it
    /// does not: so that there are few such texts, lists are filled up with their last value.
    private void listed(Operand operand, List<String> values) {
        boolean plain =
                operand.steps().isEmpty() && READ_AT_ONCE.contains(operand.column().baseType());
        boolean first = true;
        for (String value : filledUp(values)) {
            sql.sql(first ? "ARRAY[" : ", ").parameter(value).sql(plain ? "" : "::text");
            first = false;
            if (!isTextual(operand)) {
                castFromText(operand);
            }
        }
        sql.sql("]");
    }

    /// To a power of two, with the last value, which is one of the list all the same.
    static List<String> filledUp(List<String> values) {
        int places = Integer.highestOneBit(2 * values.size() - 1);
        if (places == values.size()) {
            return values;
        }
        List<String> full = new ArrayList<>(places);
        full.addAll(values);
        while (full.size() < places) {
            full.add(values.getLast());
        }
        return full;
    }

    /// `list` writes the values as an array of texts.
    private void values(Operand operand, Predicate.Comparison comparison, Runnable list) {
        QualifiedName parser = parser(operand, comparison);
        if (parser != null) {
            sql.sql("ARRAY(SELECT ").qualified(parser.schema(), parser.name());
            sql.sql("(_v) FROM unnest(");
            list.run();
            sql.sql(") AS _v)");
            return;
        }
        list.run();
        if (!isTextual(operand) && !matchesText(comparison)) {
            castFromText(operand);
            sql.sql("[]");
        }
    }

    /// As the caller wrote it; what is wrong with it the database says.
    private void array(Predicate.Comparison comparison, String values) {
        sql.parameter(isPattern(comparison) ? values.replace('*', '%') : values);
        sql.sql("::text::text[]");
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

    /// Whose values are sent in another form.
    static boolean isPattern(Predicate.Comparison comparison) {
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
        if (isMadeSearchable(operand)) {
            sql.sql("to_tsvector(");
            language(search.language());
            OperandSql.value(sql, row, operand);
            sql.sql(")");
        } else {
            OperandSql.value(sql, row, operand);
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

    /// Whether the value is no `tsvector` yet. A column of any other type is made one, and the
    /// database says if it cannot be; a function of a row only if it gives text.
    private static boolean isMadeSearchable(Operand operand) {
        String type = operand.column().baseType();
        return !operand.steps().isEmpty()
                || (operand.function() == null
                        ? !type.equals("tsvector")
                        : SEARCHABLE.contains(type));
    }

    private void language(Optional<String> language) {
        if (language.isPresent()) {
            sql.parameter(language.get()).sql("::text::regconfig, ");
        }
    }

    private void present(int index) {
        Level.Join join = joins.get(index);
        sql.identifier(join.alias());
        if (!join.isSpread()) {
            sql.sql(".v IS NOT NULL");
        } else {
            sql.sql(join.embed().toOne() ? ".\"ashlar row\" IS NOT NULL" : ".\"ashlar rows\" > 0");
        }
    }

    /// Whether the condition asks for the presence of that embed.
    static boolean asks(Predicate predicate, int embed) {
        return switch (predicate) {
            case Predicate.EmbedPresent(int index) -> index == embed;
            case Predicate.And(var parts) -> parts.stream().anyMatch(part -> asks(part, embed));
            case Predicate.Or(var parts) -> parts.stream().anyMatch(part -> asks(part, embed));
            case Predicate.Not(var part) -> asks(part, embed);
            case Predicate.Compare _,
                    Predicate.CompareEach _,
                    Predicate.In _,
                    Predicate.Is _,
                    Predicate.FullText _ ->
                    false;
        };
    }
}
