package dev.ashlar.plan;

import static java.util.stream.Collectors.joining;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Column.Generation;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import dev.ashlar.config.NearestName;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.PageCursor;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.RowSet;
import dev.ashlar.plan.Plan.Choice;
import dev.ashlar.plan.Plan.Scope;
import dev.ashlar.plan.Plan.Upsertion;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans intents against one catalog. The role only narrows what error hints may name; rights are
/// the database's.
public final class Planner {
    private final Catalog catalog;
    private final Role role;
    private final PlanRules rules;
    private final NodePlanner nodes;

    public Planner(Catalog catalog, Role role, PlanRules rules) {
        this.catalog = catalog;
        this.role = role;
        this.rules = rules;
        this.nodes = new NodePlanner(catalog, role, rules);
    }

    public Plan plan(Intent intent) {
        return switch (intent) {
            case Intent.Read read ->
                    read.cursor() == null
                            ? read(nodes.read(table(read.target()), read.query()), read)
                            : seek(read, read.cursor());
            case Intent.Insert insert -> insert(insert);
            case Intent.Update update -> update(update);
            case Intent.Upsert upsert -> put(upsert);
            case Intent.Delete delete -> delete(delete);
            case Intent.Call call -> new CallPlanner(catalog, role, nodes).plan(call);
        };
    }

    private Plan seek(Intent.Read read, PageCursor cursor) {
        Table table = table(read.target());
        Key key = table.findPrimaryKey().orElseGet(() -> new Key("", Key.Kind.PRIMARY, List.of()));
        Query asked = read.query();
        Query total =
                new Query(
                        asked.select(),
                        asked.filter(),
                        asked.having(),
                        asked.distinct(),
                        SeekPlanner.totalOrder(asked.order(), primaryKey(table), key),
                        asked.page());
        ReadNode node = nodes.read(table, total);
        return SeekPlanner.plan(node, read(node, read), cursor);
    }

    private Plan.Read read(ReadNode node, Intent.Read read) {
        return new Plan.Read(node, read.answer(), null, rules.exactUpTo());
    }

    private Plan insert(Intent.Insert insert) {
        Table table = table(insert.target());
        return new Plan.Insert(
                table,
                insert.rows(),
                inserted(table, insert.rows()),
                upsertion(table, insert.conflict()),
                returned(table, insert.query(), insert.answer()),
                insert.answer());
    }

    private Plan update(Intent.Update update) {
        Table table = table(update.target());
        List<Column> columns = written(table, update.rows());
        return new Plan.Update(
                table,
                update.rows(),
                columns,
                match(table, update, columns),
                scope(table, update.query()),
                returned(table, update.query(), update.answer()),
                update.answer(),
                update.maxAffected());
    }

    private Plan delete(Intent.Delete delete) {
        Table table = table(delete.target());
        return new Plan.Delete(
                table,
                scope(table, delete.query()),
                returned(table, delete.query(), delete.answer()),
                delete.answer(),
                delete.maxAffected());
    }

    private Plan put(Intent.Upsert upsert) {
        Table table = table(upsert.target());
        if (!upsert.query().page().isAll()) {
            throw new ProblemException(new RequestProblem.PutWithPage());
        }
        List<Column> key = primaryKey(table);
        if (key.isEmpty() || !namesWholeKey(upsert.query().filter(), key)) {
            throw new ProblemException(new RequestProblem.PutMalformed());
        }
        if (!key.stream().map(Column::name).allMatch(upsert.rows().keys()::contains)) {
            throw new ProblemException(new RequestProblem.PutKeyMismatch());
        }
        return new Plan.Put(
                table,
                upsert.rows(),
                inserted(table, upsert.rows()),
                new Upsertion(Conflict.Resolution.MERGE, key),
                nodes.condition(table, upsert.query().filter()),
                returned(table, upsert.query(), upsert.answer()),
                upsert.answer());
    }

    /// Equality on exactly the columns of the key, and nothing else.
    private static boolean namesWholeKey(Filter filter, List<Column> key) {
        if (!(filter instanceof Filter.And(List<Filter> parts)) || parts.size() != key.size()) {
            return false;
        }
        Set<String> missing = new HashSet<>();
        key.forEach(column -> missing.add(column.name()));
        for (Filter part : parts) {
            boolean equality =
                    part instanceof Filter.Condition(var field, Filter.Compare(var operator, _))
                            && operator == Filter.Operator.EQUAL
                            && field.steps().isEmpty()
                            && missing.remove(field.column());
            if (!equality) {
                return false;
            }
        }
        return missing.isEmpty();
    }

    private Scope scope(Table table, Query query) {
        return new Scope(nodes.condition(table, query.filter()), choice(table, query));
    }

    /// A page of a write needs an order that says which rows are meant; refuse rather than write
    /// others.
    private @Nullable Choice choice(Table table, Query query) {
        if (query.page().isAll()) {
            return null;
        }
        List<Sort> order = nodes.order(table, query.order());
        List<Column> key = primaryKey(table);
        if (key.isEmpty()) {
            key =
                    order.stream()
                            .map(Sort::operand)
                            .filter(operand ->
                                    operand.steps().isEmpty() && operand.function() == null)
                            .map(Operand::column)
                            .toList();
        }
        if (order.isEmpty() || key.isEmpty()) {
            throw new ProblemException(new RequestProblem.LimitWithoutOrder());
        }
        return new Choice(key, order, query.page());
    }

    /// Several rows, each for the one that holds the same key.
    private static List<Column> match(Table table, Intent.Update update, List<Column> columns) {
        RowSet rows = update.rows();
        if (rows.form() == RowSet.Form.ONE || rows.count() == 0) {
            return List.of();
        }
        List<Column> key = update.key().isEmpty() ? primaryKey(table) : named(table, update.key());
        if (!key.isEmpty() && columns.containsAll(key)) {
            return key;
        }
        if (rows.count() == 1 && update.key().isEmpty()) {
            return List.of();
        }
        throw new ProblemException(
                new RequestProblem.BodyMalformed(
                        "Each of several rows to change must hold "
                                + (key.isEmpty()
                                        ? "a key, named by on_conflict"
                                        : "the key: "
                                                + key.stream()
                                                        .map(Column::name)
                                                        .collect(joining(", ")))));
    }

    private ReadNode returned(Table table, Query query, Answer answer) {
        if (answer.returning() != Returning.ROWS) {
            return new ReadNode(
                    table,
                    List.of(),
                    List.of(),
                    Predicate.always(),
                    ReadNode.Grouping.NONE,
                    List.of(),
                    Page.ALL);
        }
        return nodes.returned(table, query);
    }

    /// The columns to insert. An identity that no row holds is not named: it would not take its own
    /// next value from a writer.
    private static List<Column> inserted(Table table, RowSet rows) {
        List<Column> columns = written(table, rows);
        return rows.missing() == RowSet.Missing.NULL
                ? columns
                : columns.stream()
                        .filter(column ->
                                rows.given().contains(column.name()) || !isIdentity(column))
                        .toList();
    }

    private static boolean isIdentity(Column column) {
        return column.generation() == Generation.IDENTITY_ALWAYS
                || column.generation() == Generation.IDENTITY_BY_DEFAULT;
    }

    private static List<Column> written(Table table, RowSet rows) {
        return named(table, rows.keys());
    }

    private static List<Column> named(Table table, List<String> names) {
        List<Column> columns = new ArrayList<>(names.size());
        for (String name : names) {
            columns.add(
                    table.findColumn(name)
                            .orElseThrow(() ->
                                    new ProblemException(
                                            new CatalogProblem.ColumnUnknown(
                                                    table.name().name(), name))));
        }
        return List.copyOf(columns);
    }

    private @Nullable Upsertion upsertion(Table table, @Nullable Conflict conflict) {
        if (conflict == null) {
            return null;
        }
        List<Column> key =
                conflict.columns().isEmpty()
                        ? primaryKey(table)
                        : conflict.columns().stream().map(name -> unique(table, name)).toList();
        return key.isEmpty() ? null : new Upsertion(conflict.resolution(), key);
    }

    private Column unique(Table table, String name) {
        return table.findColumn(name)
                .orElseThrow(() ->
                        new ProblemException(
                                new CatalogProblem.ConflictColumnMissing(
                                        table.name().name(),
                                        name,
                                        NearestColumn.find(table, name, role))));
    }

    private static List<Column> primaryKey(Table table) {
        List<Column> columns = new ArrayList<>();
        for (String name : table.findPrimaryKey().map(Key::columns).orElse(List.of())) {
            table.findColumn(name).ifPresent(columns::add);
        }
        return columns;
    }

    private Table table(QualifiedName name) {
        return catalog.findTable(name).orElseThrow(() -> new ProblemException(unknown(name)));
    }

    private CatalogProblem unknown(QualifiedName name) {
        List<String> visible = new ArrayList<>();
        int all = 0;
        for (Table table : catalog.tables().values()) {
            if (table.name().schema().equals(name.schema())) {
                all++;
                if (table.readers().contains(role.name())) {
                    visible.add(table.name().name());
                }
            }
        }
        boolean few = all < NearestName.MOST_CANDIDATES;
        return new CatalogProblem.TableUnknown(
                name.schema(),
                name.name(),
                few ? NearestName.findSimilar(name.name(), visible).orElse(null) : null);
    }
}
