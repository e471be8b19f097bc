package dev.ashlar.face.rest;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.intent.RequestContext;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A request as the database's code may ask about it; read from its head each time it is asked.
record HttpRequestContext(HttpRequest request) implements RequestContext {
    private static final String COOKIE = "cookie";

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.subPath();
    }

    @Override
    public String headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpHeader header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!name.equals(COOKIE)) {
                headers.merge(name, header.value(), (before, more) -> before + ", " + more);
            }
        }
        return object(headers);
    }

    @Override
    public String cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String header : request.headers(COOKIE)) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
                }
            }
        }
        return object(cookies);
    }

    @Override
    public boolean abandoned() {
        return request.abandoned();
    }

    @Override
    public void whenAbandoned(Runnable action) {
        request.whenAbandoned(action);
    }

    private static String object(Map<String, String> texts) {
        JsonObjectBuilder object = new JsonObjectBuilder();
        texts.forEach(object::put);
        return Json.write(object.build());
    }
}
