package dev.ashlar.face.rest;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.intent.Intent;
import java.util.Comparator;
import java.util.List;

/// What a cache must know of an answer.
final class CacheHeaders {
    /// What else to compare before one caller's answer is given to another.
    static final HttpHeader VARY = new HttpHeader("Vary", "Accept, Prefer, Range");

    private static final Comparator<QueryString.Parameter> BY_NAME =
            Comparator.comparing(QueryString.Parameter::name);

    private static final List<HttpHeader> VARY_ALONE = List.of(VARY);

    /// Clients refuse answers whose headers are too large altogether.
    private static final int MAX_LOCATION = 4_096;

    private CacheHeaders() {}

    /// What the database's code said already stays.
    static HttpResponse add(HttpResponse response, HttpRequest request, Intent intent) {
        boolean located = intent instanceof Intent.Read && request.query().length() <= MAX_LOCATION;
        return response.withHeaders(
                located
                        ? List.of(new HttpHeader("Content-Location", location(request)), VARY)
                        : VARY_ALONE);
    }

    /// The one address under which the rows can be asked for again: parameters by name, each in its
    /// one spelling.
    private static String location(HttpRequest request) {
        List<QueryString.Parameter> parameters = QueryString.parse(request.query());
        if (parameters.size() > 1) {
            parameters.sort(BY_NAME);
        }
        StringBuilder location = new StringBuilder(request.path().length() + 96);
        location.append(request.path());
        char separator = '?';
        for (QueryString.Parameter parameter : parameters) {
            location.append(separator)
                    .append(QueryString.encode(parameter.name()))
                    .append('=')
                    .append(QueryString.encode(parameter.value()));
            separator = '&';
        }
        return location.toString();
    }
}
