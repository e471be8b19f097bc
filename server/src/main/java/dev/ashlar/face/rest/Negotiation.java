package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestRequest.MediaType;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Chooses the answer's media type (RFC 9110, 12.5.1) and checks the body's.
final class Negotiation {
    private static final int MAX_RANGES = 50;

    private Negotiation() {}

    private record Range(String type, double quality) {}

    static MediaType mediaType(List<String> accept) {
        List<Range> ranges = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        for (String header : accept) {
            for (String part : header.split(",", MAX_RANGES)) {
                if (!part.isBlank()) {
                    asked.add(part.strip());
                    ranges.add(range(part));
                }
            }
        }
        if (ranges.isEmpty()) {
            return MediaType.JSON;
        }
        ranges.sort(Comparator.comparingDouble(Range::quality).reversed());
        for (Range range : ranges) {
            switch (range.type()) {
                case "application/json",
                        "*/*",
                        "application/*",
                        "application/vnd.pgrst.array+json" -> {
                    return MediaType.JSON;
                }
                case "application/vnd.pgrst.object+json", "application/vnd.pgrst.object" -> {
                    return MediaType.OBJECT;
                }
                default -> {}
            }
        }
        throw new ProblemException(new RequestProblem.NotAcceptable(asked));
    }

    private static Range range(String text) {
        String[] parts = text.split(";", -1);
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
                quality = Double.parseDouble(parameter.substring(2));
            }
        }
        return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality);
    }

    /// Bodies are JSON; one without a type is taken for it.
    static void requireJson(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.equals("application/json") && !type.equals("*/*")) {
            throw new ProblemException(new RequestProblem.ContentTypeUnsupported(type));
        }
    }
}
