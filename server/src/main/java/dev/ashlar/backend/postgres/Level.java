package dev.ashlar.backend.postgres;

import dev.ashlar.catalog.Column;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.plan.Embed;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.AggregateValue;
import dev.ashlar.plan.ReadNode.Output;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.plan.ReadNode.Value;
import dev.ashlar.predicate.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/// One level of a read with the aliases of its statement, and the columns that it selects worked
/// out: those of spread embeds among them.
final class Level {
    private final ReadNode node;
    private final RowAlias row;
    private final List<Join> joins = new ArrayList<>();
    private final List<Col> columns = new ArrayList<>();

    /// Aggregates that the level above computes, with the columns that they are computed from.
    private final List<Hoisted> hoisted = new ArrayList<>();

    /// Values of to-one embeds that this level sorts by.
    private final List<SortColumn> sortColumns = new ArrayList<>();

    /// An embed as a lateral join.
    record Join(Embed embed, String alias, Level level) {
        boolean isSpread() {
            return embed.placement() == Placement.SPREAD;
        }
    }

    /// A column of the select list.
    sealed interface Col {
        boolean isAggregate();
    }

    /// All columns of the level's rows.
    record Star() implements Col {
        @Override
        public boolean isAggregate() {
            return false;
        }
    }

    record Field(Value value) implements Col {
        @Override
        public boolean isAggregate() {
            return false;
        }
    }

    /// An aggregate over this level's own rows.
    record Own(AggregateValue value) implements Col {
        @Override
        public boolean isAggregate() {
            return true;
        }
    }

    /// The rows of a join, under the embed's name.
    record Nested(Join join) implements Col {
        @Override
        public boolean isAggregate() {
            return false;
        }
    }

    /// A column of a spread join.
    record Spread(Join join, String name) implements Col {
        @Override
        public boolean isAggregate() {
            return false;
        }
    }

    /// An aggregate over a column of a spread join.
    record SpreadAggregate(Join join, Hoisted hoisted) implements Col {
        @Override
        public boolean isAggregate() {
            return true;
        }
    }

    /// `column` holds what is aggregated, under a name that no column of the caller's has; empty
    /// counts rows. `origin` is the alias of the level whose value it is.
    record Hoisted(AggregateValue value, String column, String origin) {}

    /// What the level above sorts by.
    record SortColumn(Operand operand, String name) {}

    private Level(ReadNode node, RowAlias row) {
        this.node = node;
        this.row = row;
    }

    /// `aliases` gives names that are used once in the statement.
    static Level of(ReadNode node, RowAlias row, Function<String, String> aliases) {
        return new Level(node, row).build(aliases, Role.ROOT);
    }

    private enum Role {
        ROOT,
        /// Spread into the one row above, which computes this level's aggregates.
        HOISTING,
        /// Spread, so that each column needs a name.
        NAMED
    }

    ReadNode node() {
        return node;
    }

    RowAlias row() {
        return row;
    }

    List<Join> joins() {
        return joins;
    }

    List<Col> columns() {
        return columns;
    }

    List<Hoisted> hoisted() {
        return hoisted;
    }

    List<SortColumn> sortColumns() {
        return sortColumns;
    }

    boolean isGrouped() {
        return columns.stream().anyMatch(Col::isAggregate) || !node.grouping().having().isTrue();
    }

    /// The position in the select list, from 1, of a place inside a column's JSON.
    OptionalInt findPath(Operand operand) {
        for (int i = 0; i < columns.size(); i++) {
            if (!operand.steps().isEmpty()
                    && columns.get(i) instanceof Field(Value value)
                    && value.operand().equals(operand)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    /// The names of the selected columns.
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Col column : columns) {
            switch (column) {
                case Star() -> names.addAll(node.table().columns().keySet());
                case Field(Value value) -> names.add(value.name());
                case Own(AggregateValue value) -> names.add(value.name());
                case Nested(Join join) -> names.add(join.embed().name());
                case Spread(_, String name) -> names.add(name);
                case SpreadAggregate(_, Hoisted hoisted) -> names.add(hoisted.value().name());
            }
        }
        return names;
    }

    private Level build(Function<String, String> aliases, Role role) {
        for (Embed embed : node.embeds()) {
            joins.add(join(embed, aliases));
        }
        for (Sort key : node.order()) {
            if (key.embed() != null) {
                Level sorted = joins.get(key.embed()).level();
                sorted.sortColumns.add(
                        new SortColumn(key.operand(), "ashlar sort " + sorted.sortColumns.size()));
            }
        }
        for (Output output : node.outputs()) {
            add(output, aliases, role);
        }
        return this;
    }

    private static Join join(Embed embed, Function<String, String> aliases) {
        boolean spread = embed.placement() == Placement.SPREAD;
        Role role = spread ? (embed.toOne() ? Role.HOISTING : Role.NAMED) : Role.ROOT;
        String alias = aliases.apply("e");
        Level level = new Level(embed.node(), RowAlias.typed(aliases.apply("t")));
        return new Join(embed, alias, level.build(aliases, role));
    }

    private void add(Output output, Function<String, String> aliases, Role role) {
        switch (output) {
            case ReadNode.AllColumns() -> all(role);
            case Value value -> columns.add(new Field(value));
            case AggregateValue value when role == Role.HOISTING -> {
                String column = value.operand() == null ? "" : aliases.apply("ashlar ");
                hoisted.add(new Hoisted(value, column, row.name()));
            }
            case AggregateValue value -> columns.add(new Own(value));
            case ReadNode.Related(int index) -> {
                Join join = joins.get(index);
                if (join.isSpread()) {
                    spread(join, role);
                } else if (!join.level().columns.isEmpty()) {
                    columns.add(new Nested(join));
                }
            }
        }
    }

    /// As `*` where the database can be left to it; by name where names or forms matter.
    private void all(Role role) {
        boolean byName =
                role != Role.ROOT
                        || row.form() == RowAlias.Form.RETURNED
                        || node.isGrouped()
                        || node.table().columns().values().stream()
                                .anyMatch(column -> column.representation() != null);
        if (!byName) {
            columns.add(new Star());
            return;
        }
        for (Column column : node.table().columns().values()) {
            columns.add(new Field(new Value(Operand.of(column), column.name(), null)));
        }
    }

    private void spread(Join join, Role role) {
        for (String name : join.level().names()) {
            columns.add(new Spread(join, name));
        }
        for (Hoisted inner : join.level().hoisted) {
            if (role == Role.HOISTING) {
                hoisted.add(inner);
            } else {
                columns.add(new SpreadAggregate(join, inner));
            }
        }
    }

    /// The join through which a hoisted column of a deeper level comes.
    Join joinOf(Hoisted inner) {
        for (Join join : joins) {
            if (join.isSpread() && join.level().hoisted.contains(inner)) {
                return join;
            }
        }
        throw new IllegalStateException("no join brings this column");
    }
}
