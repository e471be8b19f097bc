package dev.ashlar.face.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One element of an `Accept` header (RFC 9110, 12.5.1): its type in lower case, its parameters but
/// for the weight.
record MediaRange(String type, Map<String, String> parameters, double quality) {
    private static final int MOST = 50;
    private static final String ANY = "*/*";

    static MediaRange of(String text) {
        List<String> parts = split(text, ';');
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : unquoted(part.substring(equals + 1).strip());
            if (!name.strip().equalsIgnoreCase("q")) {
                parameters.put(name.strip().toLowerCase(Locale.ROOT), value);
            } else if (value.matches("[01](\\.\\d{0,3})?")) {
                quality = Double.parseDouble(value);
            }
        }
        return new MediaRange(parts.getFirst().toLowerCase(Locale.ROOT), parameters, quality);
    }

    /// What is wanted most comes first; of equal weight the more specific, then the earlier. What
    /// has no weight at all is left out.
    static List<MediaRange> ofAccept(List<String> headers) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String header : headers) {
            for (String part : split(header, ',')) {
                if (!part.isEmpty() && ranges.size() < MOST) {
                    ranges.add(of(part));
                }
            }
        }
        if (ranges.isEmpty()) {
            ranges.add(of(ANY));
        }
        ranges.removeIf(range -> range.quality == 0);
        ranges.sort(
                Comparator.comparingDouble(MediaRange::quality)
                        .thenComparingInt(MediaRange::specificity)
                        .reversed());
        return ranges;
    }

    boolean isAny() {
        return type.equals(ANY);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// As it is named to the caller.
    String text() {
        StringBuilder text = new StringBuilder(type);
        parameters.forEach(
                (name, value) -> text.append(';').append(name).append('=').append(value));
        return text.toString();
    }

    private int specificity() {
        if (isAny()) {
            return 0;
        }
        return type.endsWith("/*") ? 1 : 2 + parameters.size();
    }

    /// At each separator outside of quotes.
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
