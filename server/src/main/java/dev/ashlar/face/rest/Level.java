package dev.ashlar.face.rest;

import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.Query.Distinct;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.intent.SelectItem.Join;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One level of a query while its parameters are still coming in: `select` makes the tree of
/// levels, and every other parameter finds its level by the names of the embeds in front of it.
final class Level {
    private final List<Item> items = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<Filter> having = new ArrayList<>();
    private Distinct distinct = Distinct.NO;
    private List<Order> order = List.of();
    private final Map<String, String> legacyNames = new LinkedHashMap<>();
    private @Nullable Long limit;
    private long offset;

    /// What `select` holds at this level.
    private sealed interface Item {}

    private record Plain(SelectItem item) implements Item {}

    private record Nested(
            String relation,
            @Nullable String alias,
            @Nullable String hint,
            Join join,
            Placement placement,
            Level level)
            implements Item {
        String name() {
            return alias == null ? relation : alias;
        }
    }

    void add(SelectItem item) {
        items.add(new Plain(item));
    }

    /// Adds an embed, whose own level is filled in afterwards.
    void addEmbed(SelectItem.Embed embed, Level level) {
        items.add(
                new Nested(
                        embed.relation(),
                        embed.alias(),
                        embed.hint(),
                        embed.join(),
                        embed.placement(),
                        level));
    }

    void filter(Filter filter) {
        filters.add(filter);
    }

    void having(Filter filter) {
        having.add(filter);
    }

    void distinct() {
        distinct = Distinct.YES;
    }

    void order(List<Order> keys) {
        order = keys;
    }

    void limit(long rows) {
        limit = rows;
    }

    void offset(long rows) {
        offset = rows;
    }

    /// The level that the names lead to.
    Level descend(List<String> names) {
        Level level = this;
        for (String name : names) {
            Nested nested = level.embed(name);
            if (!nested.name().equals(name)) {
                legacyNames.put(name, nested.name());
            }
            level = nested.level();
        }
        return level;
    }

    /// Those of the names that went past an alias to the relation behind it, with the alias.
    Map<String, String> legacyNames() {
        return Collections.unmodifiableMap(legacyNames);
    }

    private Nested embed(String name) {
        Nested behindAlias = null;
        for (Item item : items) {
            if (item instanceof Nested nested) {
                if (nested.name().equals(name)) {
                    return nested;
                }
                boolean first = behindAlias == null && nested.relation().equals(name);
                behindAlias = first ? nested : behindAlias;
            }
        }
        if (behindAlias == null) {
            throw new ProblemException(new RequestProblem.EmbedNotSelected(name));
        }
        return behindAlias;
    }

    Query query() {
        List<SelectItem> select = new ArrayList<>(items.size());
        for (Item item : items) {
            select.add(
                    switch (item) {
                        case Plain(SelectItem plain) -> plain;
                        case Nested nested ->
                                new SelectItem.Embed(
                                        nested.relation(),
                                        nested.alias(),
                                        nested.hint(),
                                        nested.join(),
                                        nested.placement(),
                                        nested.level().query());
                    });
        }
        return new Query(
                List.copyOf(select),
                all(filters),
                all(having),
                distinct,
                order,
                new Page(limit, offset));
    }

    private static Filter all(List<Filter> parts) {
        return parts.isEmpty() ? Filter.NONE : new Filter.And(List.copyOf(parts));
    }
}
