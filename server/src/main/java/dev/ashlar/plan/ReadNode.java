package dev.ashlar.plan;

import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Operand.Aggregation.Function;
import dev.ashlar.predicate.Predicate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One level of a read: rows of `table`, and the related rows embedded in each of them.
public record ReadNode(
        Table table,
        List<Output> outputs,
        List<Embed> embeds,
        Predicate where,
        Grouping grouping,
        List<Sort> order,
        Page page) {

    /// What holds for groups of rows: which of them are kept, and whether equal rows of the answer
    /// are shown once.
    public record Grouping(Predicate having, Distinct distinct) {
        public static final Grouping NONE = new Grouping(Predicate.always(), Distinct.NO);
    }

    public enum Distinct {
        NO,
        YES
    }

    /// Whether rows are answered as groups.
    public boolean isGrouped() {
        return outputs.stream().anyMatch(AggregateValue.class::isInstance)
                || !grouping.having().isTrue()
                || embeds.stream().anyMatch(ReadNode::bringsAggregates);
    }

    /// The aggregates of spread to-one embeds are those of the row that they are spread into.
    private static boolean bringsAggregates(Embed embed) {
        return embed.placement() == Placement.SPREAD && embed.toOne() && embed.node().isGrouped();
    }

    /// One column of the answer's rows.
    public sealed interface Output {}

    public record AllColumns() implements Output {}

    public record Value(Operand operand, String name, @Nullable CastType cast) implements Output {}

    /// A value over all rows of a group; the groups are the rows that agree in all other outputs.
    /// No operand counts rows.
    public record AggregateValue(
            Function function,
            @Nullable Operand operand,
            String name,
            @Nullable CastType inputCast,
            @Nullable CastType outputCast)
            implements Output {}

    /// The rows of `embeds.get(embed)`: nested under its name, or spread among the outer row's
    /// columns.
    public record Related(int embed) implements Output {}

    /// One sort key: of the row itself, or of the row of a to-one embed.
    public record Sort(
            @Nullable Integer embed, Operand operand, Direction direction, Nulls nulls) {}
}
