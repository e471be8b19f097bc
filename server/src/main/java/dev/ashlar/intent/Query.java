package dev.ashlar.intent;

import java.util.List;

/// The shape of a read at one level: the same form for the outermost table and for each embedded
/// one. `having` is a condition on groups of rows.
public record Query(
        List<SelectItem> select,
        Filter filter,
        Filter having,
        Distinct distinct,
        List<Order> order,
        Page page) {
    /// Everything, in any order.
    public static final Query ALL =
            new Query(List.of(new SelectItem.All()), Filter.NONE, List.of(), Page.ALL);

    public Query(List<SelectItem> select, Filter filter, List<Order> order, Page page) {
        this(select, filter, Filter.NONE, Distinct.NO, order, page);
    }

    /// The same on another page.
    public Query on(Page other) {
        return new Query(select, filter, having, distinct, order, other);
    }

    /// Whether equal rows are shown once.
    public enum Distinct {
        NO,
        YES
    }
}
