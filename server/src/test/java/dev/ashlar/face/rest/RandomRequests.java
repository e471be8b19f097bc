package dev.ashlar.face.rest;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Requests in the shape of the grammar on the library's tables, some of them broken at one place:
/// what a generator of a seed makes is always the same. Names mostly fit together and values their
/// columns, which gets many past the parser and, where there is one, to the database.
final class RandomRequests {
    /// The columns of each table.
    private static final Map<String, List<String>> TABLES =
            Map.of(
                    "author", List.of("id", "name", "born"),
                    "book",
                            List.of(
                                    "id",
                                    "title",
                                    "author_id",
                                    "editor_id",
                                    "price",
                                    "tags",
                                    "data",
                                    "data",
                                    "meta",
                                    "pages",
                                    "mood",
                                    "words"),
                    "isbn", List.of("code"),
                    "label", List.of("id", "name"),
                    "book_label", List.of("book_id", "label_id"),
                    "review", List.of("id", "book_id", "stars"),
                    "folder", List.of("id", "name", "parent_id"),
                    "loan", List.of("book_id", "day", "who"));

    private static final List<String> NAMES = TABLES.keySet().stream().sorted().toList();
    private static final List<String> ODD_NAMES =
            List.of("nope", "\"we ird\"", "count", "ä", "_r", "e1", "published", "and", "order");
    private static final Map<String, List<String>> RELATIONS =
            Map.of(
                    "author", List.of("book!book_author_id_fkey", "book!editor_id"),
                    "book",
                            List.of(
                                    "author!author_id",
                                    "author!book_editor_id_fkey",
                                    "isbn",
                                    "label",
                                    "review",
                                    "book_label",
                                    "editor_id",
                                    "author_id"),
                    "isbn", List.of("book"),
                    "label", List.of("book", "book_label"),
                    "book_label", List.of("book", "label"),
                    "review", List.of("book"),
                    "folder", List.of("folder", "parent_id", "folder!folder_parent_id_fkey"),
                    "loan", List.of("book"));
    private static final List<String> OPERATORS =
            List.of(
                    "eq",
                    "neq",
                    "gt",
                    "gte",
                    "lt",
                    "lte",
                    "like",
                    "ilike",
                    "match",
                    "imatch",
                    "cs",
                    "cd",
                    "ov",
                    "sl",
                    "sr",
                    "nxr",
                    "nxl",
                    "adj",
                    "isdistinct",
                    "fts",
                    "plfts",
                    "phfts",
                    "wfts",
                    "fts(english)",
                    "wfts(simple)",
                    "fts(nope)",
                    "eq(any)",
                    "like(all)",
                    "ilike(any)",
                    "gt(all)",
                    "in",
                    "is");
    private static final List<String> VALUES =
            List.of(
                    "1",
                    "2",
                    "-3",
                    "99999999999999999999",
                    "1.5",
                    "NaN",
                    "Infinity",
                    "a",
                    "",
                    "*a*",
                    "On Numbers",
                    "{math}",
                    "{1,2}",
                    "{",
                    "[1,5)",
                    "(,)",
                    "empty",
                    "null",
                    "true",
                    "{\"a\":1}",
                    "[1]",
                    "happy",
                    "sad",
                    "2026-01-02",
                    "yesterday",
                    "a&b",
                    "a&!(b|",
                    "'",
                    "\"q\\\"\"",
                    "\\",
                    "[",
                    "(",
                    "%25",
                    "%27--",
                    "ä",
                    "$1",
                    "\0",
                    "%F0%9F%98%80",
                    "x,y",
                    "--",
                    "00000000-0000-0000-0000-00000000000a");

    /// Values that the types of some columns take.
    private static final Map<String, List<String>> FITTING =
            Map.of(
                    "tags", List.of("{math}", "{}", "{old,\"a,b\"}", "{NULL}"),
                    "data", List.of("{}", "[1]", "1", "{\"n\":10}", "null"),
                    "pages", List.of("[1,5)", "(,)", "empty", "[150,160]"),
                    "mood", List.of("happy", "sad"),
                    "day", List.of("2026-01-02", "yesterday", "infinity"),
                    "name", List.of("Ada", "*a*", "", "%25", "root"),
                    "title", List.of("On Numbers", "*o*", "x,y", "'"),
                    "words", List.of("number", "note"));

    private static final List<String> NUMBERS = List.of("0", "1", "2", "3", "-1", "2000000000");
    private static final List<String> TYPES =
            List.of(
                    "text",
                    "int4",
                    "bigint",
                    "numeric",
                    "jsonb",
                    "text[]",
                    "date",
                    "nope",
                    "varchar(3)",
                    "double precision",
                    "interval");
    private static final List<String> HINTS =
            List.of(
                    "",
                    "",
                    "",
                    "!inner",
                    "!left",
                    "!book_author_id_fkey",
                    "!author_id",
                    "!editor_id!inner",
                    "!book_label",
                    "!parent_id",
                    "!nope");
    private static final List<String> AGGREGATES =
            List.of(".sum()", ".avg()", ".count()", ".max()", ".min()");
    private static final List<String> ROUTINES =
            List.of(
                    "add",
                    "greet",
                    "books_by",
                    "one_book",
                    "stats",
                    "numbers",
                    "single_column",
                    "pair",
                    "touch",
                    "total",
                    "sum_of",
                    "echo",
                    "pick",
                    "same",
                    "who",
                    "find_books",
                    "nope");
    private static final List<String> ARGUMENTS =
            List.of("a", "b", "n", "name", "writer", "which", "most", "term", "nope");
    private static final List<String> PREFERENCES =
            List.of(
                    "return=representation",
                    "return=minimal",
                    "return=headers-only",
                    "count=exact",
                    "count=planned",
                    "count=estimated",
                    "resolution=merge-duplicates",
                    "resolution=ignore-duplicates",
                    "missing=default",
                    "missing=null",
                    "handling=strict",
                    "handling=lenient",
                    "max-affected=1",
                    "tx=rollback",
                    "tx=commit",
                    "timezone=Europe/Berlin",
                    "timezone=nope",
                    "nope=1");
    private static final List<String> ACCEPTS =
            List.of(
                    "application/json",
                    "*/*",
                    "application/vnd.pgrst.object+json",
                    "application/vnd.pgrst.object+json;nulls=stripped",
                    "application/vnd.pgrst.array+json;nulls=stripped",
                    "text/csv",
                    "text/plain",
                    "application/octet-stream",
                    "application/geo+json",
                    "application/vnd.pgrst.plan+json",
                    "nope/nope;q=0.1, */*;q=0");
    private static final List<String> CONTENT_TYPES =
            List.of(
                    "application/json",
                    "application/json; charset=utf-8",
                    "text/csv",
                    "application/x-www-form-urlencoded",
                    "text/plain",
                    "application/octet-stream",
                    "nope");
    private static final List<String> JSON =
            List.of(
                    "1",
                    "-2",
                    "1e400",
                    "9007199254740993",
                    "\"a\"",
                    "\"\"",
                    "null",
                    "true",
                    "[1]",
                    "[\"a\",\"b\"]",
                    "{\"a\":[1,2]}",
                    "\"{math}\"",
                    "\"[1,5)\"",
                    "\"happy\"",
                    "\"2026-01-02\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "[[1,2],[3]]",
                    "{}");
    private static final List<String> BREAKS =
            List.of(
                    "(", ")", ",", ".", ":", "::", "\"", "\\", "->", "->>", "!", "...", "*", "&",
                    "=", "%", "%00", "%ff", "{", "}", " ", "not.", "in.(", "\ud83d", "or=(");

    private final Random random;
    private String table = "book";

    RandomRequests(long seed) {
        random = new Random(seed);
    }

    SentRequest next() {
        boolean call = chance(20);
        table = one(NAMES);
        String method =
                call
                        ? one(List.of("GET", "GET", "POST", "POST", "HEAD"))
                        : one(
                                List.of(
                                        "GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PATCH",
                                        "PUT", "DELETE"));
        String path = call ? "/rpc/" + one(ROUTINES) : "/" + table;
        String target = path + "?" + query(call && !method.equals("POST"));
        SentRequest request = SentRequest.of(method, chance(10) ? broken(target) : target);
        request = headers(request);
        boolean takesBody = !method.equals("GET") && !method.equals("HEAD");
        return takesBody ? request.body(body(call)) : request;
    }

    private SentRequest headers(SentRequest request) {
        SentRequest with = request;
        if (chance(50)) {
            with = with.with("Prefer", joined(3, ", ", () -> one(PREFERENCES)));
        }
        if (chance(8)) {
            with = with.with("Accept", one(ACCEPTS));
        }
        if (chance(4)) {
            with = with.with("Content-Type", one(CONTENT_TYPES));
        }
        if (chance(10)) {
            with =
                    with.with(
                            "Range",
                            random.nextInt(5) + "-" + (chance(50) ? random.nextInt(9) : ""));
        }
        return with;
    }

    private String query(boolean arguments) {
        StringBuilder query = new StringBuilder();
        if (chance(70)) {
            query.append("&select=").append(select(0));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append('&').append(parameter());
        }
        if (arguments) {
            for (int i = random.nextInt(3); i > 0; i--) {
                query.append('&').append(one(ARGUMENTS)).append('=').append(one(VALUES));
            }
        }
        return query.isEmpty() ? "" : query.substring(1);
    }

    private String parameter() {
        return switch (random.nextInt(12)) {
            case 0 -> "order=" + joined(3, ",", this::sort);
            case 1 -> place() + "limit=" + rarely("x", List.of("0", "1", "2", "1000000"));
            case 2 -> place() + "offset=" + rarely("-1", List.of("0", "0", "1", "99999999999999"));
            case 3 -> one(List.of("and=", "or=", "not.and=", "not.or=")) + tree(0);
            case 4 ->
                    rarely("x", List.of("having="))
                            + (chance(50) ? "(" + joined(2, ",", this::having) + ")" : having());
            case 5 -> rarely("distinct=true", List.of("order=id", "limit=2"));
            case 6 -> rarely("columns=id", List.of("id=gt.0", "id=lt.3"));
            case 7 -> "on_conflict=" + column();
            default -> chance(10) ? place() + "id=eq.1" : restriction("=");
        };
    }

    private String place() {
        return chance(10) ? relation().replaceFirst("!.*", "") + "." : "";
    }

    private String select(int depth) {
        return joined(4, ",", () -> item(depth));
    }

    private String item(int depth) {
        return switch (random.nextInt(depth < 3 ? 14 : 9)) {
            case 0 -> "*";
            case 1 -> chance(40) ? "count()" + cast(30) : column();
            case 2 -> chance(40) ? field() + cast(20) + one(AGGREGATES) + cast(20) : field();
            case 3 -> one(ODD_NAMES) + ":" + field() + cast(30);
            case 4, 5, 6, 7, 8 -> field() + cast(10);
            case 9 -> "..." + embed(depth);
            default -> (chance(20) ? "x" + depth + ":" : "") + embed(depth);
        };
    }

    private String embed(int depth) {
        String origin = table;
        String relation = relation();
        table = relation.replaceFirst("!.*", "").replaceFirst("(author|editor)_id", "author");
        if (!TABLES.containsKey(table)) {
            table = origin;
        }
        String inner = chance(90) ? select(depth + 1) : "";
        table = origin;
        return relation + rarely(one(HINTS), List.of("", "", "!inner")) + "(" + inner + ")";
    }

    private String relation() {
        return rarely(one(NAMES), RELATIONS.getOrDefault(table, NAMES));
    }

    private String column() {
        return rarely(one(ODD_NAMES), TABLES.getOrDefault(table, ODD_NAMES));
    }

    private String field() {
        String column = column();
        StringBuilder path = new StringBuilder(column);
        if (column.equals("data") || column.equals("meta") || chance(2)) {
            while (chance(50)) {
                path.append(one(List.of("->", "->>")))
                        .append(one(List.of("a", "0", "-1", "b", "ä'\"")));
            }
        }
        return path.toString();
    }

    private String cast(int percent) {
        return chance(percent) ? "::" + one(TYPES) : "";
    }

    private String sort() {
        String by =
                switch (random.nextInt(6)) {
                    case 0 -> chance(20) ? place().replace(".", "") + "(name)" : column();
                    case 1 -> chance(10) ? field() + one(AGGREGATES) : column();
                    default -> field();
                };
        return by
                + rarely(".up", List.of("", ".asc", ".desc"))
                + one(List.of("", "", ".nullsfirst", ".nullslast"));
    }

    private String having() {
        String of = chance(30) ? "count()" : field() + one(AGGREGATES);
        return of + "." + rarely("like.x", List.of("gt.1", "not.eq.0", "in.(1,2)", "is.null"));
    }

    private String tree(int depth) {
        return "(" + joined(3, ",", () -> branch(depth)) + ")";
    }

    private String branch(int depth) {
        if (depth < 4 && chance(25)) {
            return one(List.of("and", "or", "not.and", "not.or")) + tree(depth + 1);
        }
        return restriction(".");
    }

    /// A column and what is asked of it; `tie` is what stands between them.
    private String restriction(String tie) {
        String field = field();
        String operator = one(OPERATORS);
        boolean quantified = operator.endsWith("(any)") || operator.endsWith("(all)");
        String value =
                switch (operator) {
                    case "in" -> "(" + joined(4, ",", () -> value(field)) + ")";
                    case "is" ->
                            rarely("x", List.of("null", "not_null", "true", "false", "unknown"));
                    default ->
                            quantified
                                    ? "{" + joined(3, ",", () -> value(field)) + "}"
                                    : value(field);
                };
        return field + tie + (chance(20) ? "not." : "") + operator + "." + value;
    }

    private String value(String field) {
        return chance(85) ? one(FITTING.getOrDefault(field, NUMBERS)) : one(VALUES);
    }

    private String body(boolean call) {
        if (chance(5)) {
            return one(BREAKS) + object(call);
        }
        return chance(50)
                ? object(call)
                : "[" + joined(3, chance(90) ? "," : ";", () -> object(call)) + "]";
    }

    private String object(boolean call) {
        List<String> names = call ? ARGUMENTS : TABLES.getOrDefault(table, ODD_NAMES);
        String members =
                names.stream()
                        .distinct()
                        .filter(name -> chance(name.equals("id") ? 90 : 40))
                        .map(name ->
                                "\""
                                        + name.replace("\"", "\\\"")
                                        + "\":"
                                        + (chance(50) ? random.nextInt(5) : one(JSON)))
                        .collect(Collectors.joining(","));
        return "{" + members + "}";
    }

    /// The text with a piece put in, left out or said twice at a random place.
    private String broken(String text) {
        int at = 1 + random.nextInt(text.length() - 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(4));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + one(BREAKS) + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            default -> text.substring(0, to) + text.substring(at);
        };
    }

    private String joined(int most, String separator, Supplier<String> piece) {
        return Stream.generate(piece)
                .limit(1 + random.nextInt(most))
                .collect(Collectors.joining(separator));
    }

    /// Mostly one of the pieces.
    private String rarely(String other, List<String> pieces) {
        return chance(4) ? other : one(pieces);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
