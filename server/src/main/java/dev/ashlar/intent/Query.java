package dev.ashlar.intent;

import java.util.List;

/// The shape of a read at one level: the same form for the outermost table and for each embedded
/// one.
public record Query(List<SelectItem> select, Filter filter, List<Order> order, Page page) {
    /// Everything, in any order.
    public static final Query ALL =
            new Query(List.of(new SelectItem.All()), Filter.NONE, List.of(), Page.ALL);
}
