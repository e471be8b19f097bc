package dev.ashlar.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns written text into a value of the component's type. Every refusal is an
/// [IllegalArgumentException] whose message says what to write instead, without the value itself.
final class ValueReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private final Path base;

    /// @param base the folder that relative paths start from
    ValueReader(Path base) {
        this.base = base;
    }

    Object read(Type type, Supplied supplied) {
        return switch (supplied) {
            case Supplied.Text(String text, _) -> readText(type, text);
            case Supplied.Items(List<String> items, _) -> readItems(type, items);
        };
    }

    /// The value of a setting that nobody wrote and that has no default.
    static Object absent(Type type) {
        if (rawType(type) == Optional.class) {
            return Optional.empty();
        }
        if (rawType(type) == List.class) {
            return List.of();
        }
        if (type == String.class) {
            return "";
        }
        throw new IllegalArgumentException("a value is needed");
    }

    static boolean holdsSecret(Type type) {
        return rawType(type) == Secret.class
                || (type instanceof ParameterizedType generic
                        && holdsSecret(generic.getActualTypeArguments()[0]));
    }

    /// The words of the reference for a type.
    static String describe(Type type) {
        Class<?> raw = rawType(type);
        if (raw == Optional.class) {
            return describe(argument(type)) + ", may be absent";
        }
        if (raw == List.class) {
            return "list of " + describe(argument(type));
        }
        if (raw.isEnum()) {
            return "one of " + enumNames(raw).replace(", ", " · ");
        }
        return switch (raw.getSimpleName()) {
            case "int", "long" -> "whole number";
            case "boolean" -> "true · false";
            case "ByteSize" -> "size";
            case "Path" -> "path";
            case "String" -> "text";
            default -> raw.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private Object readText(Type type, String text) {
        Class<?> raw = rawType(type);
        if (raw == Optional.class) {
            return text.isBlank() ? Optional.empty() : Optional.of(readText(argument(type), text));
        }
        if (raw == List.class) {
            List<String> items =
                    Arrays.stream(text.split(","))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .toList();
            return readItems(type, items);
        }
        return readScalar(raw, text.strip());
    }

    private List<Object> readItems(Type type, List<String> items) {
        if (rawType(type) != List.class) {
            throw new IllegalArgumentException("write one value, not a list");
        }
        List<Object> values = new ArrayList<>(items.size());
        for (String item : items) {
            values.add(readScalar(rawType(argument(type)), item));
        }
        return List.copyOf(values);
    }

    private Object readScalar(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact(wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (type == long.class || type == Long.class) {
            return wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return truth(text);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == ByteSize.class) {
            return ByteSize.parse(text);
        }
        if (type == Secret.class) {
            return new Secret(text);
        }
        if (type == Path.class) {
            return base.resolve(text).normalize();
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        throw new IllegalStateException("no settings of type " + type.getName());
    }

    private static long wholeNumber(String text, long least, long most) {
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Falls through to the one message for both.
        }
        throw new IllegalArgumentException("write a whole number from " + least + " to " + most);
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("write true or false");
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return text.equals("0") ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("write a duration such as 500ms, 30s, 5m, 2h or 7d");
        }
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (enumName(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("write one of " + enumNames(type));
    }

    private static String enumNames(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(ValueReader::enumName)
                .collect(Collectors.joining(", "));
    }

    static String enumName(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Class<?> rawType(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return (Class<?>) type;
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
