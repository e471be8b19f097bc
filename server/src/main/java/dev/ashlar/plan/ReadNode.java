package dev.ashlar.plan;

import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import dev.ashlar.intent.Page;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One level of a read: rows of `table`, and the related rows embedded in each of them.
public record ReadNode(
        Table table,
        List<Output> outputs,
        List<Embed> embeds,
        Predicate where,
        List<Sort> order,
        Page page) {

    /// One column of the answer's rows.
    public sealed interface Output {}

    public record AllColumns() implements Output {}

    public record Value(Operand operand, String name, @Nullable CastType cast) implements Output {}

    /// The rows of `embeds.get(embed)`: nested under its name, or spread among the outer row's
    /// columns.
    public record Related(int embed) implements Output {}

    /// One sort key: of the row itself, or of the row of a to-one embed.
    public record Sort(
            @Nullable Integer embed, Operand operand, Direction direction, Nulls nulls) {}
}
