package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Routine.Volatility;
import dev.ashlar.catalog.Table;
import dev.ashlar.catalog.Table.Write;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Answers OPTIONS: what can be done with a table, view or function at all, whoever asks
/// (PostgREST's reference, "OPTIONS method").
final class MethodList {
    private static final String READING = "OPTIONS,GET,HEAD";

    private static final Answer ANSWER =
            new Answer(
                    Answer.Returning.ROWS,
                    Answer.Count.NONE,
                    new Format.Json(Rows.ANY, Nulls.KEPT));

    private MethodList() {}

    static HttpResponse ofRoot() {
        return allowing(READING);
    }

    static HttpResponse ofBatch() {
        return allowing("OPTIONS,POST");
    }

    static HttpResponse ofTable(Table table) {
        return allowing(String.join(",", methods(table)));
    }

    /// Of one row at its own address, to which nothing can be added.
    static HttpResponse ofRow(Table table) {
        List<String> methods = methods(table);
        methods.remove("POST");
        return allowing(String.join(",", methods));
    }

    private static List<String> methods(Table table) {
        Set<Write> writes = table.writes();
        List<String> methods = new ArrayList<>(List.of(READING));
        if (writes.contains(Write.INSERT)) {
            methods.add("POST");
        }
        if (writes.contains(Write.INSERT)
                && writes.contains(Write.UPDATE)
                && table.findPrimaryKey().isPresent()) {
            methods.add("PUT");
        }
        if (writes.contains(Write.UPDATE)) {
            methods.add("PATCH");
        }
        if (writes.contains(Write.DELETE)) {
            methods.add("DELETE");
        }
        return methods;
    }

    /// A function that may write takes no GET; of several with one name, one that reads is enough.
    static HttpResponse ofRoutine(Catalog catalog, QualifiedName name) {
        boolean reads =
                catalog.routinesNamed(name).stream()
                        .map(Routine::volatility)
                        .anyMatch(volatility -> volatility != Volatility.VOLATILE);
        return allowing(reads ? READING + ",POST" : "OPTIONS,POST");
    }

    /// The plainest intent of the name, whose planning says that there is no such thing.
    static Intent reading(QualifiedName name) {
        return new Intent.Read(name, Query.ALL, ANSWER);
    }

    /// See [#reading].
    static Intent calling(HttpRequest request, QualifiedName name) {
        Parameters parameters = Parameters.parse(request.query(), Parameters.Use.FUNCTION);
        return new Intent.Call(
                name,
                new Arguments.Texts(parameters.arguments()),
                Intent.Access.READ_ONLY,
                Query.ALL,
                ANSWER,
                null);
    }

    private static HttpResponse allowing(String methods) {
        return HttpResponse.empty(200)
                .withHeader("Allow", methods)
                .withHeader(CacheHeaders.VARY.name(), CacheHeaders.VARY.value());
    }
}
