package dev.ashlar.face.rest;

import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Conflict.Resolution;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The `Prefer` headers (RFC 7240): the first of each name counts. `applied` are those that can be
/// honoured, in PostgREST's order, for `Preference-Applied`.
record Preferences(
        Optional<Returning> returning,
        Optional<Count> count,
        Optional<Resolution> resolution,
        Optional<Long> maxAffected,
        List<String> applied) {

    /// Asks for what happens anyway; other values of these cannot be fulfilled.
    private static final Set<String> NO_CHANGE = Set.of("tx=commit", "missing=null");

    static Preferences parse(List<String> headers) {
        if (headers.isEmpty()) {
            return new Preferences(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
        Builder builder = new Builder();
        for (String header : headers) {
            for (String part : header.split(",")) {
                builder.accept(part.strip());
            }
        }
        return builder.build();
    }

    private static final class Builder {
        private Optional<Returning> returning = Optional.empty();
        private Optional<Count> count = Optional.empty();
        private Optional<Resolution> resolution = Optional.empty();
        private Optional<Long> maxAffected = Optional.empty();
        private Optional<String> handling = Optional.empty();
        private final List<String> invalid = new ArrayList<>();

        void accept(String preference) {
            int equals = preference.indexOf('=');
            String name = equals < 0 ? preference : preference.substring(0, equals).strip();
            String value = equals < 0 ? "" : preference.substring(equals + 1).strip();
            boolean known =
                    switch (name) {
                        case "return" -> returning(value);
                        case "count" -> count(value);
                        case "resolution" -> resolution(value);
                        case "max-affected" -> maxAffected(value);
                        case "handling" -> handling(value);
                        default -> NO_CHANGE.contains(name + "=" + value);
                    };
            if (!known && !preference.isEmpty()) {
                invalid.add(preference);
            }
        }

        private boolean returning(String value) {
            Optional<Returning> meant =
                    switch (value) {
                        case "minimal" -> Optional.of(Returning.NOTHING);
                        case "headers-only" -> Optional.of(Returning.KEYS);
                        case "representation" -> Optional.of(Returning.ROWS);
                        default -> Optional.empty();
                    };
            returning = returning.or(() -> meant);
            return meant.isPresent();
        }

        private boolean count(String value) {
            Optional<Count> meant =
                    switch (value) {
                        case "exact" -> Optional.of(Count.EXACT);
                        case "planned" -> Optional.of(Count.PLANNED);
                        case "estimated" -> Optional.of(Count.ESTIMATED);
                        default -> Optional.empty();
                    };
            count = count.or(() -> meant);
            return meant.isPresent();
        }

        private boolean resolution(String value) {
            Optional<Resolution> meant =
                    switch (value) {
                        case "merge-duplicates" -> Optional.of(Resolution.MERGE);
                        case "ignore-duplicates" -> Optional.of(Resolution.IGNORE);
                        default -> Optional.empty();
                    };
            resolution = resolution.or(() -> meant);
            return meant.isPresent();
        }

        private boolean maxAffected(String value) {
            if (!value.matches("\\d{1,18}")) {
                return false;
            }
            maxAffected = maxAffected.or(() -> Optional.of(Long.valueOf(value)));
            return true;
        }

        private boolean handling(String value) {
            if (!value.equals("strict") && !value.equals("lenient")) {
                return false;
            }
            handling = handling.or(() -> Optional.of(value));
            return true;
        }

        Preferences build() {
            boolean strict = handling.equals(Optional.of("strict"));
            if (strict && !invalid.isEmpty()) {
                throw new ProblemException(
                        new RequestProblem.PreferenceInvalid(List.copyOf(invalid)));
            }
            List<String> applied = new ArrayList<>();
            resolution.ifPresent(value ->
                    applied.add(
                            "resolution="
                                    + (value == Resolution.MERGE
                                            ? "merge-duplicates"
                                            : "ignore-duplicates")));
            returning.ifPresent(value ->
                    applied.add(
                            "return="
                                    + switch (value) {
                                        case NOTHING -> "minimal";
                                        case KEYS -> "headers-only";
                                        case ROWS -> "representation";
                                    }));
            count.ifPresent(value -> applied.add("count=" + value.name().toLowerCase(Locale.ROOT)));
            handling.ifPresent(value -> applied.add("handling=" + value));
            // The limit is only enforced when the caller insists on the preferences.
            Optional<Long> limit = strict ? maxAffected : Optional.empty();
            limit.ifPresent(value -> applied.add("max-affected=" + value));
            return new Preferences(returning, count, resolution, limit, List.copyOf(applied));
        }
    }
}
