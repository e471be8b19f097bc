package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Facts.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values that a column may take, the likeliest first. All that can be told apart lie where real
/// values hardly are: at the end of a type's range, or in the year 2199.
final class CandidateValues {
    private static final Pattern MODIFIER = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "^\\(*(?:'((?:[^']|'')*)'|(-?[0-9.]+)|(true|false))\\)*(?:::[\\w .\"\\[\\]()]+)?$");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w'.])-?\\d+(?:\\.\\d+)?(?![\\w'])");
    private static final Pattern PRIVILEGED =
            Pattern.compile("admin|owner|super|staff|moderator|root|manager|approved|verified");
    private static final int LONGEST = 4000;

    /// Texts of forms that checks often ask for.
    private static final List<String> FORMS =
            List.of(
                    "a%d@probe.invalid",
                    "https://probe.invalid/%d",
                    "probe-%d",
                    "probe_%d",
                    "probe%d",
                    "PROBE%d",
                    "Probe",
                    "probe",
                    "PROBE",
                    "+1555%07d",
                    "555%07d",
                    "#a1b2c3",
                    "12345",
                    "1234",
                    "a",
                    "A",
                    "ab",
                    "AB",
                    "abc",
                    "USD",
                    "en-US",
                    "1.2.3",
                    "2199-01-01",
                    "0");

    private CandidateValues() {}

    /// Values that no other row has, for keys.
    ///
    /// @param n tells rows apart
    static List<String> unique(Column column, long n) {
        return switch (column.base()) {
            case "smallint" -> List.of(Long.toString(Short.MAX_VALUE - n % 30_000));
            case "integer" -> List.of(Long.toString(Integer.MAX_VALUE - n));
            case "bigint" -> List.of(Long.toString(Long.MAX_VALUE - n));
            case "oid" -> List.of(Long.toString(4_294_967_000L - n));
            case "numeric" -> List.of(numeric(column, n), Long.toString(n));
            case "uuid" -> List.of(UUID.randomUUID().toString());
            default -> plain(column, 0, n, List.of());
        };
    }

    /// @param variant rows of different variants get different values where there is a choice
    /// @param checks conditions that the value must meet, maybe with others
    static List<String> plain(Column column, int variant, long n, List<String> checks) {
        Set<String> found = new LinkedHashSet<>();
        List<String> named = new ArrayList<>();
        checks.stream()
                .flatMap(check -> PolicyText.texts(check).stream())
                .filter(text -> fits(column, text))
                .forEach(named::add);
        constant(column).filter(_ -> column.category() != 'B').ifPresent(found::add);
        found.addAll(harmlessFirst(column.labels(), variant));
        checks.forEach(check -> bound(check, column).ifPresent(found::add));
        found.addAll(harmlessFirst(named, variant));
        checks.forEach(check -> addNumbers(found, check, column));
        found.addAll(samples(column, variant, n));
        if (column.category() == 'S') {
            lengths(checks).forEach(length -> found.addAll(ofLength(length, n)));
        }
        return List.copyOf(found);
    }

    /// Not patterns, and for numbers and times only what is one.
    private static boolean fits(Column column, String text) {
        return switch (column.category()) {
            case 'N' -> NUMBER.matcher(text).matches();
            case 'D', 'T' -> !text.isEmpty() && Character.isDigit(text.charAt(0));
            case 'S' -> !text.startsWith("^") && !text.contains("%");
            case 'E' -> true;
            default -> false;
        };
    }

    /// The default, where it is one value.
    private static Optional<String> constant(Column column) {
        Matcher matcher = CONSTANT.matcher(column.expression().orElse("()"));
        if (!matcher.matches() || column.generated()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group(1))
                .map(text -> text.replace("''", "'"))
                .or(() -> Optional.ofNullable(matcher.group(2)));
    }

    /// What gives its holder rights comes last: the accounts are ordinary ones.
    private static List<String> harmlessFirst(List<String> values, int variant) {
        List<String> harmless =
                new ArrayList<>(values.stream().filter(each -> !privileged(each)).toList());
        if (!harmless.isEmpty()) {
            Collections.rotate(harmless, -variant);
        }
        harmless.addAll(values.stream().filter(CandidateValues::privileged).toList());
        return harmless;
    }

    static boolean privileged(String name) {
        return PRIVILEGED.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /// The number next to which the column has to be, on the right side of it.
    private static Optional<String> bound(String check, Column column) {
        if (column.category() != 'N') {
            return Optional.empty();
        }
        Matcher compared =
                Pattern.compile(
                                "(?:\\b(?:VALUE|"
                                        + Pattern.quote(column.name())
                                        + ")\\b)\"?[)]*(?:::[a-z ]+)?[)]*\\s*(<=|>=|<>|=|<|>)\\s*\\(*'?(-?[0-9.]+)\\b")
                        .matcher(check);
        if (!compared.find()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(compared.group(2));
        return Optional.of(
                switch (compared.group(1)) {
                    case ">", "<>" -> number.add(BigDecimal.ONE).toPlainString();
                    case "<" -> number.subtract(BigDecimal.ONE).toPlainString();
                    default -> number.toPlainString();
                });
    }

    private static void addNumbers(Set<String> found, String check, Column column) {
        if (column.category() != 'N' && column.category() != 'S') {
            return;
        }
        Matcher number = NUMBER.matcher(check);
        while (number.find() && column.category() == 'N') {
            BigDecimal value = new BigDecimal(number.group());
            found.add(value.toPlainString());
            found.add(value.add(BigDecimal.ONE).toPlainString());
            found.add(value.subtract(BigDecimal.ONE).toPlainString());
            for (int i = 2; i < 9; i++) {
                found.add(value.add(BigDecimal.valueOf(i)).toPlainString());
            }
        }
    }

    private static List<String> ofLength(int length, long n) {
        StringBuilder letters = new StringBuilder();
        StringBuilder digits = new StringBuilder();
        long rest = n;
        for (int i = 0; i < length; i++) {
            letters.append((char) ('z' - rest % 26));
            digits.append(9 - rest % 10);
            rest /= 10;
        }
        return List.of(
                letters.toString(), letters.toString().toUpperCase(Locale.ROOT), digits.toString());
    }

    private static List<Integer> lengths(List<String> checks) {
        List<Integer> lengths = new ArrayList<>();
        for (String check : checks) {
            Matcher number = NUMBER.matcher(check);
            while (number.find()) {
                BigDecimal value = new BigDecimal(number.group());
                if (value.signum() > 0 && value.compareTo(BigDecimal.valueOf(LONGEST)) < 0) {
                    lengths.add(value.intValue());
                    lengths.add(value.intValue() + 1);
                }
            }
        }
        return lengths;
    }

    private static List<String> samples(Column column, int variant, long n) {
        return switch (column.category()) {
            case 'B' ->
                    variant == 0 && !privileged(column.name())
                            ? List.of("true", "false")
                            : List.of("false", "true");
            case 'N' -> numbers(column, n);
            case 'S' -> texts(column, n);
            case 'D' -> List.of(time(column, n), past(column));
            case 'T' -> List.of("1 hour");
            case 'A' ->
                    List.of(
                            "{}",
                            "{NULL}",
                            "{1}",
                            "{probe}",
                            "{true}",
                            "{2199-01-01}",
                            "{00000000-0000-4000-8000-000000000000}",
                            "{\"{}\"}");
            case 'R' -> ranges(column, n);
            case 'C' -> List.of("()", "(,)", "(,,)", "(,,,)", "(,,,,)", "(,,,,,)", "(,,,,,,)");
            case 'I' ->
                    List.of(
                            "2001:db8::" + Long.toHexString(n % 65_536),
                            "2001:db8::/32",
                            "192.0.2.1");
            case 'G' -> List.of(shape(column));
            case 'V' -> List.of("0".repeat(modifier(column, 1).orElse(1)), "1");
            default -> others(column, n);
        };
    }

    private static String shape(Column column) {
        return switch (column.base()) {
            case "point" -> "(1,2)";
            case "line" -> "{1,2,3}";
            case "circle" -> "<(0,0),1>";
            default -> "((0,0),(1,1))";
        };
    }

    private static List<String> numbers(Column column, long n) {
        return switch (column.base()) {
            case "money", "numeric", "smallint", "integer", "bigint" ->
                    List.of("1", "0", "2", "10", "100", "-1", Long.toString(1000 + n % 30_000));
            case "real", "double precision" -> List.of("1", "0", "0.5", "10", "100", "-1");
            default -> List.of("1", "0");
        };
    }

    private static String numeric(Column column, long n) {
        int precision = modifier(column, 1).orElse(18);
        int scale = modifier(column, 2).orElse(0);
        return BigDecimal.TEN
                .pow(Math.max(0, precision - scale))
                .subtract(BigDecimal.valueOf(n + 1))
                .toPlainString();
    }

    private static List<String> texts(Column column, long n) {
        int most = modifier(column, 1).orElse(column.base().equals("\"char\"") ? 1 : LONGEST);
        String tail = Long.toString(46_656 + n, 36);
        UnaryOperator<String> cut =
                text -> text.length() <= most ? text : text.substring(text.length() - most);
        List<String> texts = new ArrayList<>();
        texts.add(cut.apply("probe-" + UUID.randomUUID().toString().substring(0, 8) + "-" + tail));
        FORMS.forEach(form -> texts.add(cut.apply(form.formatted(n))));
        return texts;
    }

    /// Distinct moments, since some columns exclude one another.
    static String time(Column column, long n) {
        long minute = n % 1440;
        return switch (column.base()) {
            case "date" -> "2199-%02d-%02d".formatted(1 + n / 28 % 12, 1 + n % 28);
            case "time without time zone", "time with time zone" ->
                    "%02d:%02d:00+00".formatted(minute / 60, minute % 60);
            default ->
                    "2199-%02d-%02d %02d:%02d:00+00"
                            .formatted(1 + n / 28 % 12, 1 + n % 28, minute / 60, minute % 60);
        };
    }

    static String past(Column column) {
        return column.base().startsWith("time ") ? "00:00:00+00" : "2001-01-01 00:00:00+00";
    }

    private static List<String> ranges(Column column, long n) {
        if (column.base().contains("multirange")) {
            return List.of("{}");
        }
        String from = "2199-%02d-%02d".formatted(1 + n / 28 % 12, 1 + n % 28);
        String to = "%s 00:00:01+00".formatted(from);
        return switch (column.base()) {
            case "tsrange", "tstzrange" ->
                    List.of("[%s 00:00:00+00,%s)".formatted(from, to), "empty");
            case "daterange" -> List.of("[%s,%s]".formatted(from, from), "empty");
            case "int4range", "int8range", "numrange" ->
                    List.of(
                            "[%d,%d)"
                                    .formatted(
                                            Integer.MAX_VALUE - 2 * n - 2,
                                            Integer.MAX_VALUE - 2 * n - 1),
                            "empty");
            default -> List.of("empty");
        };
    }

    private static List<String> others(Column column, long n) {
        String type = column.base().substring(column.base().lastIndexOf('.') + 1);
        return switch (type) {
            case "uuid" -> List.of(UUID.randomUUID().toString());
            case "json", "jsonb" -> List.of("{}", "[]", "\"probe\"", "{\"probe\": 1}");
            case "bytea" -> List.of("\\x%016x".formatted(n));
            case "xml" -> List.of("<probe/>");
            case "tsvector", "tsquery" -> List.of("probe");
            case "macaddr" ->
                    List.of(
                            "02:00:00:%02x:%02x:%02x"
                                    .formatted(n >> 16 & 255, n >> 8 & 255, n & 255));
            case "macaddr8" ->
                    List.of(
                            "02:00:00:00:00:%02x:%02x:%02x"
                                    .formatted(n >> 16 & 255, n >> 8 & 255, n & 255));
            case "pg_lsn" -> List.of("0/%X".formatted(n));
            case "ltree" -> List.of("probe.n" + n);
            case "hstore" -> List.of("");
            case "geometry", "geography" -> List.of("SRID=4326;POINT(1 2)", "POINT(1 2)");
            case "vector", "halfvec" -> List.of(vector(modifier(column, 1).orElse(1)));
            default -> List.of("probe-" + n, "1", "0", "{}", "()", "");
        };
    }

    private static String vector(int dimensions) {
        return "[1" + ",0".repeat(Math.max(0, dimensions - 1)) + "]";
    }

    private static Optional<Integer> modifier(Column column, int place) {
        Matcher matcher = MODIFIER.matcher(column.type());
        return matcher.find() && matcher.group(place) != null
                ? Optional.of(Integer.valueOf(matcher.group(place)))
                : Optional.empty();
    }
}
