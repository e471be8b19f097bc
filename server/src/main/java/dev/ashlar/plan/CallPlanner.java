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
import dev.ashlar.intent.Intent;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.ProblemException;
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
        List<Argument> given = given(routine, call.arguments());
        Table result = resultTable(routine);
        boolean readOnly =
                call.access() == Intent.Access.READ_ONLY
                        || routine.volatility() != Volatility.VOLATILE;
        return new Plan.Call(
                routine,
                given,
                call.arguments(),
                readOnly,
                nodes.read(result, call.query()),
                call.answer());
    }

    private Routine require(Intent.Call call) {
        List<Routine> overloads = catalog.routinesNamed(call.target());
        List<String> names = call.arguments().names();
        List<Routine> fitting =
                overloads.stream().filter(routine -> takes(routine, names)).toList();
        if (fitting.isEmpty() && call.arguments() instanceof Arguments.Json) {
            fitting = overloads.stream().filter(CallPlanner::takesWholeBody).toList();
        }
        if (fitting.isEmpty()) {
            throw new ProblemException(unknown(call, names));
        }
        if (fitting.size() > 1) {
            throw new ProblemException(
                    new CatalogProblem.RoutineAmbiguous(
                            fitting.stream().map(CallPlanner::signature).toList()));
        }
        return fitting.getFirst();
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

    private static boolean takesWholeBody(Routine routine) {
        return routine.arguments().size() == 1
                && routine.arguments().getFirst().name().isEmpty()
                && JSON.contains(routine.arguments().getFirst().type());
    }

    private static List<Argument> given(Routine routine, Arguments arguments) {
        if (arguments instanceof Arguments.Json && takesWholeBody(routine)) {
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
                List.of(),
                Set.of(),
                routine.callers(),
                routine.callers(),
                null);
    }

    private CatalogProblem unknown(Intent.Call call, List<String> names) {
        String name = call.target().name();
        return new CatalogProblem.RoutineUnknown(
                call.target().schema(), name, names, suggestion(call.target()));
    }

    /// The one of that name with its arguments, else the one of the nearest name.
    private @Nullable String suggestion(QualifiedName target) {
        for (Routine routine : catalog.routinesNamed(target)) {
            if (isCallable(routine)) {
                return target.name() + argumentNames(routine);
            }
        }
        List<String> visible = new ArrayList<>();
        catalog.routines()
                .forEach((name, overloads) -> {
                    boolean callable = overloads.stream().anyMatch(this::isCallable);
                    if (callable && name.schema().equals(target.schema())) {
                        visible.add(name.name());
                    }
                });
        return NearestName.find(target.name(), visible).orElse(null);
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
