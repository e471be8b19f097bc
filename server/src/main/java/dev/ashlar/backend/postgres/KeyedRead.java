package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Page;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A read of the one row that has a key. Several that differ in the key alone can be had by one
/// statement, with `= ANY (…)`, whose rows have their key behind their columns.
final class KeyedRead {
    /// No column of the caller's has a name like this.
    private static final String KEY = "ashlar key";

    private static final int MAX_DIGITS = 18;
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Plan.Read read;
    private final Operand operand;
    private final String key;

    private KeyedRead(Plan.Read read, Operand operand, String key) {
        this.read = read;
        this.operand = operand;
        this.key = key;
    }

    /// Empty for what is asked by something else than one key, or by a key in another form than the
    /// one in which the database writes it: which of the rows is the answer is found by its text.
    static Optional<KeyedRead> find(Plan.Read read) {
        ReadNode node = read.node();
        if (read.answer().count() != Count.NONE
                || !isWhole(node.page())
                || !(onlyPart(node.where()) instanceof Predicate.Compare compare)
                || compare.comparison() != Predicate.Comparison.EQUAL
                || node.isGrouped()
                || node.grouping().distinct() == ReadNode.Distinct.YES
                || !isKey(node.table(), compare.operand())
                || !isWrittenSo(compare.operand().column().type(), compare.value())) {
            return Optional.empty();
        }
        return Optional.of(new KeyedRead(read, compare.operand(), compare.value()));
    }

    /// Null as [#find] is empty, and when the statement has other values than the key.
    static @Nullable KeyedRead ofOne(Plan.Read read, SqlStatement statement) {
        return statement.parameters().size() == 1 ? find(read).orElse(null) : null;
    }

    String key() {
        return key;
    }

    /// The read of the rows of all these keys, in any order, each row with its key as one column
    /// more, behind its own.
    Plan.Read among(List<String> keys) {
        ReadNode node = read.node();
        List<ReadNode.Output> outputs = new ArrayList<>(node.outputs());
        outputs.add(new ReadNode.Value(operand, KEY, null));
        ReadNode all =
                new ReadNode(
                        node.table(),
                        outputs,
                        node.embeds(),
                        new Predicate.In(operand, PredicateSql.filledUp(keys)),
                        node.grouping(),
                        List.of(),
                        Page.ALL);
        return new Plan.Read(all, read.answer(), null, 0);
    }

    private static boolean isWhole(Page page) {
        return page.offset() == 0 && (page.limit() == null || page.limit() > 1);
    }

    private static Predicate onlyPart(Predicate where) {
        return where instanceof Predicate.And(List<Predicate> parts) && parts.size() == 1
                ? parts.getFirst()
                : where;
    }

    private static boolean isKey(Table table, Operand operand) {
        Column column = operand.column();
        if (!operand.isColumn() || column.representation() != null) {
            return false;
        }
        for (Key each : table.keys()) {
            if (each.columns().size() == 1 && each.columns().getFirst().equals(column.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWrittenSo(String type, String value) {
        return switch (type) {
            case "smallint", "integer", "bigint" -> isInteger(value);
            case "uuid" -> UUID.matcher(value).matches();
            default -> false;
        };
    }

    /// One too large for its type is refused for all, and then for itself.
    private static boolean isInteger(String value) {
        int digits = value.startsWith("-") ? 1 : 0;
        int length = value.length() - digits;
        if (length == 0 || length > MAX_DIGITS || (value.charAt(digits) == '0' && length > 1)) {
            return false;
        }
        for (int i = digits; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.equals("-0");
    }
}
