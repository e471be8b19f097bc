package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import dev.ashlar.engine.Engine;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import java.util.Optional;

/// Answers OPTIONS: which methods can be used at an address (RFC 9110, 9.3.7). What does not exist
/// is refused as a read or a call of it would be.
final class MethodsResource {
    private final RestParser parser;
    private final Engine engine;

    MethodsResource(RestParser parser, Engine engine) {
        this.parser = parser;
        this.engine = engine;
    }

    /// `extensions`: whether batches and addresses of single rows are served.
    HttpResponse answer(HttpRequest http, Caller caller, boolean extensions) {
        if (RootResource.isAsked(http)) {
            return MethodList.ofRoot();
        }
        if (extensions && Batch.isAsked(http)) {
            return MethodList.ofBatch();
        }
        if (RestParser.isFunction(http)) {
            return ofRoutine(http, caller);
        }
        Optional<HttpRequest> row =
                extensions
                        ? RowAddress.find(
                                http, engine.catalog(), parser.schema(http), caller.role())
                        : Optional.empty();
        return row.isPresent()
                ? MethodList.ofRow(table(row.get(), caller))
                : MethodList.ofTable(table(http, caller));
    }

    private HttpResponse ofRoutine(HttpRequest http, Caller caller) {
        QualifiedName target = parser.target(http);
        if (engine.catalog().routinesNamed(target).isEmpty()) {
            engine.check(MethodList.calling(http, target), caller);
        }
        return MethodList.ofRoutine(engine.catalog(), target);
    }

    private Table table(HttpRequest http, Caller caller) {
        QualifiedName target = parser.target(http);
        Catalog catalog = engine.catalog();
        Optional<Table> table = catalog.findTable(target);
        if (table.isEmpty()) {
            engine.check(MethodList.reading(target), caller);
        }
        return table.orElseThrow();
    }
}
