package dev.ashlar.http;

import java.util.Map;

/// The decoded parts of a path that a route's template names, such as `id` of `/factors/{id}`.
public record PathParameters(Map<String, String> values) {
    public String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }
}
