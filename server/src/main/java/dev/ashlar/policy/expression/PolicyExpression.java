package dev.ashlar.policy.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The condition of a policy as a tree: its logic down to the comparisons, and of what those
/// compare as much as is asked about. What is not understood is [Other]; the text is kept whole.
public sealed interface PolicyExpression {
    Span span();

    /// What it is made of, in order.
    List<PolicyExpression> parts();

    record And(List<PolicyExpression> terms, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return terms;
        }
    }

    record Or(List<PolicyExpression> terms, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return terms;
        }
    }

    record Not(PolicyExpression inner, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of(inner);
        }
    }

    /// Something in parentheses, or with comments and white space around, which the span holds.
    record Group(PolicyExpression inner, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of(inner);
        }
    }

    /// Two operands and an operator that answers true or false.
    ///
    /// @param operator in upper case and with single spaces: `=`, `@>`, `NOT LIKE`, `IS DISTINCT
    ///   FROM`
    /// @param at where the operator stands
    record Comparison(
            PolicyExpression left, String operator, Span at, PolicyExpression right, Span span)
            implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of(left, right);
        }
    }

    /// `x IS NULL`, or with NOT between.
    record IsNull(PolicyExpression operand, boolean negated, Span span)
            implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of(operand);
        }
    }

    /// `x IN (...)`, `x NOT IN (...)`, `x = ANY (...)`, `x <> ALL (...)`.
    ///
    /// @param operator `=` for IN, `<>` for NOT IN
    /// @param quantifier ANY or ALL: SOME is ANY, IN is ANY, NOT IN is ALL
    /// @param choices the list of IN; else one: an array or a sub-select
    record In(
            PolicyExpression operand,
            String operator,
            String quantifier,
            List<PolicyExpression> choices,
            Span span)
            implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return Stream.concat(Stream.of(operand), choices.stream()).toList();
        }
    }

    record Exists(SubSelect select, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of(select);
        }
    }

    /// A sub-select, with its parentheses.
    ///
    /// @param outputs what it selects; empty where that was not understood
    /// @param from the text between FROM and what follows it; empty without FROM
    /// @param where empty without WHERE, and where the sub-select is none of the simple ones
    /// @param simple one SELECT without WITH, UNION and the like
    record SubSelect(
            List<PolicyExpression> outputs,
            Optional<Span> from,
            Optional<PolicyExpression> where,
            boolean simple,
            Span span)
            implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return Stream.concat(outputs.stream(), where.stream()).toList();
        }
    }

    /// @param name in lower case unless quoted, with its schema where that is written: `auth.uid`
    record Call(String name, List<PolicyExpression> arguments, Span span)
            implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return arguments;
        }

        /// Without the schema.
        public String shortName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    /// A column, with the names written before it.
    record Column(List<String> path, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of();
        }

        public String name() {
            return path.getLast();
        }
    }

    enum Value {
        TRUE,
        FALSE,
        NULL,
        TEXT,
        NUMBER
    }

    record Constant(Value value, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of();
        }
    }

    /// @param type as written
    record Cast(PolicyExpression operand, String type, Span span) implements PolicyExpression {
        @Override
        public List<PolicyExpression> parts() {
            return List.of(operand);
        }
    }

    /// Everything else, and of it the parts that were understood.
    record Other(List<PolicyExpression> parts, Span span) implements PolicyExpression {}

    /// Never fails: of text that is no condition it makes [Other].
    static PolicyExpression parse(String text) {
        return ExpressionParser.parse(text);
    }

    default String sql() {
        return span().text();
    }

    /// Itself without parentheses around it.
    default PolicyExpression unwrapped() {
        PolicyExpression at = this;
        while (at instanceof Group group) {
            at = group.inner();
        }
        return at;
    }

    /// The conditions that AND, OR and NOT join, in order.
    default List<PolicyExpression> leaves() {
        return switch (this) {
            case And and -> and.terms().stream().flatMap(each -> each.leaves().stream()).toList();
            case Or or -> or.terms().stream().flatMap(each -> each.leaves().stream()).toList();
            case Not not -> not.inner().leaves();
            case Group group -> group.inner().leaves();
            case Comparison _, IsNull _, In _, Exists _, SubSelect _ -> List.of(this);
            case Call _, Column _, Constant _, Cast _, Other _ -> List.of(this);
        };
    }

    /// Itself and everything in it.
    default Stream<PolicyExpression> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(PolicyExpression::all));
    }

    /// Whether it is true whatever the row and the caller.
    default boolean alwaysTrue() {
        return Truth.of(this).equals(Set.of(Truth.TRUE));
    }

    /// Whether it is false or NULL whatever the row and the caller.
    default boolean neverTrue() {
        return !Truth.of(this).contains(Truth.TRUE);
    }

    /// Calls that are made for each row although they answer the same for the whole statement:
    /// those that tell about the caller.
    default List<Call> perRowCalls() {
        return perRowCalls(Set.of());
    }

    /// @param stable names of more functions that are not volatile: `private.is_admin`
    default List<Call> perRowCalls(Set<String> stable) {
        return CallsPerRow.of(this, stable);
    }

    /// The text with each of those calls in a sub-select of its own, which PostgreSQL evaluates
    /// once: `( SELECT auth.uid() AS uid)`.
    default String withCallsOnce() {
        return withCallsOnce(Set.of());
    }

    default String withCallsOnce(Set<String> stable) {
        List<Edit> edits = new ArrayList<>();
        for (Call call : perRowCalls(stable)) {
            edits.add(new Edit(call, CallsPerRow.once(call)));
        }
        return edited(edits);
    }

    /// Columns that are compared by `=` or `= ANY`, in this order, with something that is made from
    /// what the caller's token says. Columns inside of sub-selects are other tables', so they do
    /// not count. A cast around a column does not hide it; a function does.
    default Set<String> columnsComparedWithCaller() {
        return CallerColumns.of(this);
    }

    /// Whether a function of this name is called, or the word stands anywhere in it: as a name, or
    /// inside of a string. Comments do not count.
    default boolean mentions(String word) {
        return Mentions.in(this, word);
    }

    /// @param part of this expression
    default String replaced(PolicyExpression part, String text) {
        return edited(List.of(new Edit(part, text)));
    }

    /// The text with parts of it replaced, none of which holds another.
    default String edited(List<Edit> edits) {
        StringBuilder sql = new StringBuilder(sql());
        edits.stream()
                .sorted(Comparator.comparingInt((Edit edit) -> edit.at().start()).reversed())
                .forEach(edit ->
                        sql.replace(
                                edit.at().start() - span().start(),
                                edit.at().end() - span().start(),
                                edit.text()));
        return sql.toString();
    }

    /// A text for a part.
    record Edit(Span at, String text) {
        public Edit(PolicyExpression part, String text) {
            this(part.span(), text);
        }
    }
}
