package dev.ashlar.plan;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Routine.Argument;
import dev.ashlar.catalog.Routine.Volatility;
import dev.ashlar.catalog.Table;
import dev.ashlar.config.NearestName;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.CatalogProblem.Sought;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Chooses the overload that a call means, by the names of its arguments.
final class CallPlanner {
    private static final Set<String> JSON = Set.of("json", "jsonb");

    /// As the dialect names it in refusals.
    private static final String CALLED = "pgrst_call";

    private final Catalog catalog;
    private final Role role;
    private final NodePlanner nodes;

    CallPlanner(Catalog catalog, Role role, NodePlanner nodes) {
        this.catalog = catalog;
        this.role = role;
        this.nodes = nodes;
    }

    Plan plan(Intent.Call call) {
        Routine routine = require(call);
        if (call.maxAffected() != null && !routine.returns().set()) {
            throw new ProblemException(new RequestProblem.MaxAffectedOfOne());
        }
        List<Argument> given = given(routine, call.arguments());
        Table result = resultTable(routine);
        requireSelected(routine, result, call.query());
        boolean readOnly =
                call.access() == Intent.Access.READ_ONLY
                        || routine.volatility() != Volatility.VOLATILE;
        return new Plan.Call(
                routine,
                given,
                call.arguments(),
                readOnly,
                nodes.read(result, call.query()),
                call.answer(),
                call.maxAffected());
    }

    private Routine require(Intent.Call call) {
        List<Routine> fitting = fitting(call);
        if (fitting.isEmpty()) {
            throw new ProblemException(unknown(call));
        }
        if (fitting.size() > 1) {
            throw new ProblemException(
                    new CatalogProblem.RoutineAmbiguous(
                            fitting.stream().map(CallPlanner::signature).toList()));
        }
        return fitting.getFirst();
    }

    private List<Routine> fitting(Intent.Call call) {
        List<Routine> overloads = catalog.routinesNamed(call.target());
        if (call.arguments() instanceof Arguments.Whole whole) {
            return unnamed(overloads, types(whole.kind()));
        }
        List<String> names = call.arguments().names();
        List<Routine> named = overloads.stream().filter(routine -> takes(routine, names)).toList();
        return named.isEmpty() && call.arguments() instanceof Arguments.Json
                ? unnamed(overloads, JSON)
                : named;
    }

    private static Set<String> types(Arguments.Whole.Kind kind) {
        return switch (kind) {
            case TEXT -> Set.of("text");
            case XML -> Set.of("xml");
            case BYTES -> Set.of("bytea");
        };
    }

    private static List<Routine> unnamed(List<Routine> overloads, Set<String> types) {
        return overloads.stream().filter(routine -> takesWhole(routine, types)).toList();
    }

    private static boolean takes(Routine routine, List<String> names) {
        Set<String> left = new HashSet<>(names);
        for (Argument argument : routine.arguments()) {
            boolean there = !argument.name().isEmpty() && left.remove(argument.name());
            if (!there && argument.required()) {
                return false;
            }
        }
        return left.isEmpty();
    }

    private static boolean takesWhole(Routine routine, Set<String> types) {
        return routine.arguments().size() == 1
                && routine.arguments().getFirst().name().isEmpty()
                && types.contains(routine.arguments().getFirst().type());
    }

    private static List<Argument> given(Routine routine, Arguments arguments) {
        if (arguments instanceof Arguments.Whole
                || (arguments instanceof Arguments.Json && takesWhole(routine, JSON))) {
            return routine.arguments();
        }
        List<Argument> given = new ArrayList<>();
        for (Argument argument : routine.arguments()) {
            if (arguments.names().contains(argument.name())) {
                given.add(argument);
            }
        }
        return given;
    }

    /// What the call returns, as something to select from: the known table, or the routine's own
    /// columns.
    private Table resultTable(Routine routine) {
        if (routine.returns().table() != null) {
            var known = catalog.findTable(routine.returns().table());
            if (known.isPresent()) {
                return known.get();
            }
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        routine.returns().columns().forEach(column -> columns.put(column.name(), column));
        return new Table(
                routine.name(),
                Table.Kind.VIEW,
                columns,
                Map.of(),
                List.of(),
                Set.of(),
                routine.callers(),
                routine.callers(),
                routine.callers(),
                null);
    }

    /// Columns are chosen of what the call itself gives, which is known by a name of its own.
    private void requireSelected(Routine routine, Table result, Query query) {
        if (!routine.returns().composite() || query.select().contains(new SelectItem.All())) {
            return;
        }
        Operands operands = new Operands(role, 0);
        for (SelectItem item : query.select()) {
            if (item instanceof SelectItem.Field(FieldPath path, _, _)
                    && !path.equals(FieldPath.of(NodePlanner.COUNT))
                    && !operands.knows(result, path.column())) {
                throw new ProblemException(
                        new CatalogProblem.ColumnMissing(
                                CALLED,
                                path.column(),
                                NearestColumn.find(result, path.column(), role)));
            }
        }
    }

    private CatalogProblem unknown(Intent.Call call) {
        List<String> names = call.arguments().names().stream().sorted().toList();
        return new CatalogProblem.RoutineUnknown(
                call.target().schema(),
                call.target().name(),
                names,
                sought(call.arguments()),
                suggestion(call.target(), names));
    }

    private static Sought sought(Arguments arguments) {
        return switch (arguments) {
            case Arguments.Texts _ -> Sought.NAMED;
            case Arguments.Json _ -> Sought.NAMED_OR_JSON;
            case Arguments.Whole(_, var kind) ->
                    switch (kind) {
                        case TEXT -> Sought.TEXT;
                        case XML -> Sought.XML;
                        case BYTES -> Sought.BYTES;
                    };
        };
    }

    /// The overload whose arguments are most like those that came, else the routine of the most
    /// similar name.
    private @Nullable String suggestion(QualifiedName target, List<String> names) {
        List<String> overloads = new ArrayList<>();
        for (Routine routine : catalog.routinesNamed(target)) {
            if (isCallable(routine) && isNamed(routine)) {
                overloads.add(argumentNames(routine));
            }
        }
        if (!catalog.routinesNamed(target).isEmpty()) {
            return NearestName.findSimilar("(" + String.join(", ", names) + ")", overloads)
                    .map(arguments -> target.name() + arguments)
                    .orElse(null);
        }
        List<String> visible = new ArrayList<>();
        catalog.routines()
                .forEach((name, routines) -> {
                    boolean callable = routines.stream().anyMatch(this::isCallable);
                    if (callable && name.schema().equals(target.schema())) {
                        visible.add(name.name());
                    }
                });
        return NearestName.findSimilar(target.name(), visible).orElse(null);
    }

    private static boolean isNamed(Routine routine) {
        return routine.arguments().stream().noneMatch(argument -> argument.name().isEmpty());
    }

    private boolean isCallable(Routine routine) {
        return routine.callers().contains(role.name());
    }

    private static String argumentNames(Routine routine) {
        return routine.arguments().stream()
                .map(Argument::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String signature(Routine routine) {
        List<String> arguments = new ArrayList<>();
        for (Argument argument : routine.arguments()) {
            arguments.add(argument.name() + " => " + argument.type());
        }
        return routine.name() + "(" + String.join(", ", arguments) + ")";
    }
}
