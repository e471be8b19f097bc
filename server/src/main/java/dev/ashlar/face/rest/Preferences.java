package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestConfig.TxEnd;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Conflict.Resolution;
import dev.ashlar.intent.RowSet.Missing;
import dev.ashlar.intent.Transaction.End;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.time.ZoneId;
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
        Missing missing,
        Optional<End> end,
        Optional<String> timezone,
        List<String> applied) {
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    /// Databases without the fix of CVE-2026-14669 must not be given longer abbreviations.
    private static final int MAX_OWN_ZONE = 24;

    private static final Preferences NONE = new Builder(TxEnd.COMMIT).build();

    /// `txEnd` decides whether the caller may choose how its transaction ends.
    static Preferences parse(List<String> headers, TxEnd txEnd) {
        if (headers.isEmpty()) {
            return NONE;
        }
        Builder builder = new Builder(txEnd);
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
        private Optional<Missing> missing = Optional.empty();
        private Optional<End> end = Optional.empty();
        private Optional<String> timezone = Optional.empty();
        private final List<String> invalid = new ArrayList<>();
        private final TxEnd txEnd;

        Builder(TxEnd txEnd) {
            this.txEnd = txEnd;
        }

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
                        case "missing" -> missing(value);
                        case "tx" -> end(value);
                        case "timezone" -> timezone(value);
                        default -> false;
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

        private boolean missing(String value) {
            Optional<Missing> meant =
                    switch (value) {
                        case "null" -> Optional.of(Missing.NULL);
                        case "default" -> Optional.of(Missing.DEFAULT);
                        default -> Optional.empty();
                    };
            missing = missing.or(() -> meant);
            return meant.isPresent();
        }

        private boolean end(String value) {
            Optional<End> meant =
                    switch (value) {
                        case "commit" -> Optional.of(End.COMMIT);
                        case "rollback" -> Optional.of(End.ROLLBACK);
                        default -> Optional.empty();
                    };
            end = end.or(() -> meant);
            return meant.isPresent() && isHonoured(meant.get());
        }

        /// A caller who insists must not find committed what it asked to be undone.
        private boolean isHonoured(End asked) {
            return switch (txEnd) {
                case COMMIT -> asked == End.COMMIT;
                case ROLLBACK -> asked == End.ROLLBACK;
                case COMMIT_ALLOW_OVERRIDE, ROLLBACK_ALLOW_OVERRIDE -> true;
            };
        }

        /// The database judges it, whatever the handling.
        private boolean timezone(String value) {
            if (value.length() > MAX_OWN_ZONE && !ZONES.contains(value)) {
                throw new ProblemException(new RequestProblem.TimeZoneTooLong(MAX_OWN_ZONE));
            }
            timezone = timezone.or(() -> Optional.of(value));
            return true;
        }

        /// The caller's choice, where the operator leaves it.
        private Optional<End> allowedEnd() {
            return switch (txEnd) {
                case COMMIT_ALLOW_OVERRIDE, ROLLBACK_ALLOW_OVERRIDE -> end;
                case COMMIT, ROLLBACK -> Optional.empty();
            };
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
            missing.ifPresent(
                    value -> applied.add("missing=" + value.name().toLowerCase(Locale.ROOT)));
            returning.ifPresent(value ->
                    applied.add(
                            "return="
                                    + switch (value) {
                                        case NOTHING -> "minimal";
                                        case KEYS -> "headers-only";
                                        case ROWS -> "representation";
                                    }));
            count.ifPresent(value -> applied.add("count=" + value.name().toLowerCase(Locale.ROOT)));
            allowedEnd()
                    .ifPresent(value -> applied.add("tx=" + value.name().toLowerCase(Locale.ROOT)));
            handling.ifPresent(value -> applied.add("handling=" + value));
            timezone.ifPresent(value -> applied.add("timezone=" + value));
            // The limit is only enforced when the caller insists on the preferences.
            Optional<Long> limit = strict ? maxAffected : Optional.empty();
            limit.ifPresent(value -> applied.add("max-affected=" + value));
            return new Preferences(
                    returning,
                    count,
                    resolution,
                    limit,
                    missing.orElse(Missing.NULL),
                    allowedEnd(),
                    timezone,
                    List.copyOf(applied));
        }
    }
}
