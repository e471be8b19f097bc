package dev.ashlar.plan;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
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
import dev.ashlar.intent.Query;
import dev.ashlar.intent.RowSet;
import dev.ashlar.plan.Plan.Upsertion;
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
    private final NodePlanner nodes;

    /// `maxRows` bounds the rows of each level of a read.
    public Planner(Catalog catalog, Role role, long maxRows) {
        this.catalog = catalog;
        this.role = role;
        this.nodes = new NodePlanner(catalog, role, maxRows);
    }

    public Plan plan(Intent intent) {
        return switch (intent) {
            case Intent.Read read ->
                    new Plan.Read(nodes.read(table(read.target()), read.query()), read.answer());
            case Intent.Insert insert -> insert(insert);
            case Intent.Update update -> update(update);
            case Intent.Upsert upsert -> put(upsert);
            case Intent.Delete delete -> delete(delete);
            case Intent.Call call -> new CallPlanner(catalog, role, nodes).plan(call);
        };
    }

    private Plan insert(Intent.Insert insert) {
        Table table = table(insert.target());
        return new Plan.Insert(
                table,
                insert.rows(),
                written(table, insert.rows()),
                upsertion(table, insert.conflict()),
                returned(table, insert.query(), insert.answer()),
                insert.answer(),
                insert.maxAffected());
    }

    private Plan update(Intent.Update update) {
        Table table = table(update.target());
        refusePage(update.query());
        return new Plan.Update(
                table,
                update.rows(),
                written(table, update.rows()),
                nodes.condition(table, update.query().filter()),
                returned(table, update.query(), update.answer()),
                update.answer(),
                update.maxAffected());
    }

    private Plan delete(Intent.Delete delete) {
        Table table = table(delete.target());
        refusePage(delete.query());
        return new Plan.Delete(
                table,
                nodes.condition(table, delete.query().filter()),
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
        return new Plan.Put(
                table,
                upsert.rows(),
                written(table, upsert.rows()),
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

    /// A page of a write would need a unique order to be well-defined; refuse rather than write
    /// other rows than meant.
    private static void refusePage(Query query) {
        if (query.page().isAll()) {
            return;
        }
        if (query.order().isEmpty()) {
            throw new ProblemException(new RequestProblem.LimitWithoutOrder());
        }
        throw new ProblemException(
                new RequestProblem.FeatureUnsupported("limit and offset on PATCH and DELETE"));
    }

    private ReadNode returned(Table table, Query query, Answer answer) {
        if (answer.returning() != Returning.ROWS) {
            return new ReadNode(
                    table, List.of(), List.of(), Predicate.always(), List.of(), Page.ALL);
        }
        return nodes.returned(table, query);
    }

    private static List<Column> written(Table table, RowSet rows) {
        List<Column> columns = new ArrayList<>(rows.keys().size());
        for (String key : rows.keys()) {
            columns.add(
                    table.findColumn(key)
                            .orElseThrow(() ->
                                    new ProblemException(
                                            new CatalogProblem.ColumnUnknown(
                                                    table.name().name(), key))));
        }
        return columns;
    }

    private static @Nullable Upsertion upsertion(Table table, @Nullable Conflict conflict) {
        if (conflict == null) {
            return null;
        }
        List<Column> key = new ArrayList<>();
        for (String name : conflict.columns()) {
            key.add(
                    table.findColumn(name)
                            .orElseThrow(() ->
                                    new ProblemException(
                                            new CatalogProblem.ColumnUnknown(
                                                    table.name().name(), name))));
        }
        if (key.isEmpty()) {
            key.addAll(primaryKey(table));
        }
        return key.isEmpty() ? null : new Upsertion(conflict.resolution(), List.copyOf(key));
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
        for (Table table : catalog.tables().values()) {
            if (table.name().schema().equals(name.schema())
                    && table.readers().contains(role.name())) {
                visible.add(table.name().name());
            }
        }
        return new CatalogProblem.TableUnknown(
                name.schema(), name.name(), NearestName.find(name.name(), visible).orElse(null));
    }
}
