package dev.ashlar.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path with holes, such as `/factors/{id}/verify`; each hole takes one non-empty segment.
record RouteTemplate(List<String> segments) {
    static RouteTemplate parse(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("a template starts with a slash: " + template);
        }
        return new RouteTemplate(List.of(template.substring(1).split("/", -1)));
    }

    /// The path's segments, still encoded; `path` starts with a slash.
    static String[] segments(String path) {
        return path.substring(1).split("/", -1);
    }

    Optional<PathParameters> findMatch(String[] path) {
        if (path.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < path.length; i++) {
            String segment = segments.get(i);
            if (isHole(segment) && !path[i].isEmpty()) {
                values.put(segment.substring(1, segment.length() - 1), decode(path[i]));
            } else if (!segment.equals(path[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(new PathParameters(values));
    }

    /// Literal segments count more than holes, so `/users/me` wins over `/users/{id}`.
    long literals() {
        return segments.stream().filter(segment -> !isHole(segment)).count();
    }

    private static boolean isHole(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /// `URLDecoder` reads forms, where a plus is a space; in a path it is a plus.
    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
