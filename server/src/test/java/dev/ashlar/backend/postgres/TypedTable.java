package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.RandomText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The table `typed` with a column of every type of the server's, of arrays of them, and of types
/// of users; filled with random and extreme values.
final class TypedTable {
    /// Types of the server's own that take no input.
    static final List<String> WITHOUT_VALUES =
            List.of(
                    "gtsvector",
                    "pg_brin_bloom_summary",
                    "pg_brin_minmax_multi_summary",
                    "pg_dependencies",
                    "pg_mcv_list",
                    "pg_ndistinct",
                    "pg_node_tree");

    /// `mood` has a form of its own in JSON, `feeling` none.
    static final String TYPES =
            """
            create type public.feeling as enum ('glad', 'sa"d', 'C:\\new');
            create type public.mood as enum ('up', 'down');
            create function public.mood_json(public.mood) returns json language sql immutable
              as $$ select case $1 when 'up' then '{"is":  1}'::json else '[]' end $$;
            create cast (public.mood as json) with function public.mood_json(public.mood);
            -- What no statement of ours may call.
            create function public.to_json(public.feeling) returns json language sql immutable
              as $$ select '"wrong"'::json $$;
            create type public.pair as (a int, "b ""c" text);
            create type public.span as range (subtype = float8);
            create domain public.age as int check (value > -3);
            create domain public.older as public.age;
            create domain public.sentence as text;
            create domain public.document as jsonb;
            create domain public.instant as timestamptz;
            create domain public.day as timestamp;
            create domain public.flag as boolean;
            create domain public.ages as int[];
            create domain public.how as public.feeling;
            create domain public.price as numeric(12, 3);
            create extension if not exists hstore with schema public;
            create extension if not exists citext with schema public;
            create table public.one (id int, name text, tags text[], at timestamptz);
            insert into public.one values (1, 'a "b"', '{x,y}', '2026-01-02 03:04:05+00');
            create table public.none (id int, name text);
            create table public.changing (n int, flag boolean, j jsonb, at timestamptz);
            insert into public.changing values (1, true, '{"a": 1}', now());
            """;

    private static final List<String> ODD_NAMES =
            List.of(
                    "a \"quoted\" name",
                    "back\\slash",
                    "tab\tnew\nline\u0001",
                    "größe 😀",
                    "{}",
                    "_r",
                    "body",
                    "x".repeat(63));

    private final Random random;
    private final Map<String, Supplier<String>> types = new LinkedHashMap<>();

    TypedTable(Random random) {
        this.random = random;
        numbers();
        times();
        texts();
        documents();
        places();
        internals();
        ranges();
        users();
        arrays();
    }

    String create() {
        String columns =
                types.keySet().stream()
                        .map(type -> identifier("c_" + type) + ' ' + type)
                        .collect(Collectors.joining(", "));
        String odd =
                ODD_NAMES.stream()
                        .map(name -> identifier(name) + " text")
                        .collect(Collectors.joining(", "));
        return "create table public.typed (" + columns + ", " + odd + ")";
    }

    /// One statement a row, so that what is refused is easy to find.
    List<String> inserts(int rows) {
        List<String> inserts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<String> values = new ArrayList<>();
            for (Map.Entry<String, Supplier<String>> type : types.entrySet()) {
                values.add(
                        random.nextInt(12) == 0
                                ? "NULL"
                                : literal(type.getValue().get()) + "::" + type.getKey());
            }
            ODD_NAMES.forEach(_ -> values.add(literal(text())));
            inserts.add("insert into public.typed values (" + String.join(", ", values) + ")");
        }
        return inserts;
    }

    private void numbers() {
        types.put("smallint", () -> String.valueOf((short) random.nextInt()));
        types.put(
                "integer",
                () -> one(String.valueOf(random.nextInt()), "-2147483648", "2147483647", "0"));
        types.put(
                "bigint",
                () ->
                        one(
                                String.valueOf(random.nextLong()),
                                "-9223372036854775808",
                                "9223372036854775807"));
        types.put("numeric", this::decimal);
        types.put("numeric(10,2)", () -> one("0", "12.345", "-99999999.99", "NaN"));
        types.put("real", () -> single(Float.intBitsToFloat(random.nextInt())));
        types.put(
                "double precision",
                () ->
                        one(
                                number(Double.longBitsToDouble(random.nextLong())),
                                number(random.nextGaussian()),
                                "-0",
                                "1e15",
                                "1e16",
                                "123456789012345680",
                                "0.0001",
                                "0.00001",
                                "NaN",
                                "Infinity",
                                "-Infinity"));
        types.put("money", () -> one("1234.56", "-0.01", "92233720368547758.07"));
        types.put("boolean", () -> one("true", "false"));
    }

    private String decimal() {
        return one(
                new BigDecimal(new BigInteger(random.nextInt(300), random), random.nextInt(60) - 20)
                        .toString(),
                "-0.00000",
                "1e-100",
                "1e100",
                "NaN",
                "Infinity",
                "-Infinity");
    }

    private static String number(double value) {
        return String.valueOf(value);
    }

    private static String single(float value) {
        return String.valueOf(value);
    }

    private void times() {
        types.put(
                "date",
                () -> one(date(), "infinity", "-infinity", "4713-01-01 BC", "5874897-12-31"));
        types.put("timestamp", () -> one(date() + ' ' + time(), "infinity", "-infinity"));
        types.put("timestamp(0)", () -> date() + ' ' + time());
        types.put(
                "timestamptz",
                () ->
                        one(
                                date() + ' ' + time() + offset(),
                                "1700-01-01 00:00:00",
                                "0001-01-01 00:00:00",
                                "infinity",
                                "-infinity",
                                "0044-03-15 12:00:00 BC"));
        types.put("timestamptz(3)", () -> date() + ' ' + time());
        types.put("time", () -> one(time(), "24:00:00"));
        types.put("timetz", () -> time() + offset());
        types.put(
                "interval",
                () ->
                        one(
                                "%d years %d months %d days %d.%06d seconds"
                                        .formatted(
                                                random.nextInt(400) - 200,
                                                random.nextInt(40) - 20,
                                                random.nextInt(400) - 200,
                                                random.nextInt(400_000) - 200_000,
                                                random.nextInt(1_000_000)),
                                "0",
                                "-1 second"));
    }

    private String date() {
        return switch (random.nextInt(4)) {
            case 0 -> "%04d-%02d-%02d BC".formatted(1 + random.nextInt(4_700), month(), day());
            case 1 -> "%d-%02d-%02d".formatted(10_000 + random.nextInt(200_000), month(), day());
            default -> "%04d-%02d-%02d".formatted(1 + random.nextInt(2_200), month(), day());
        };
    }

    private int month() {
        return 1 + random.nextInt(12);
    }

    private int day() {
        return 1 + random.nextInt(28);
    }

    private String time() {
        String seconds =
                "%02d:%02d:%02d"
                        .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return random.nextBoolean()
                ? seconds
                : "%s.%06d".formatted(seconds, random.nextInt(1_000_000));
    }

    private String offset() {
        return one("", "+00", "+05:30", "-03:30", "-08", "+14");
    }

    private void texts() {
        types.put("text", this::text);
        types.put("varchar", this::text);
        types.put("varchar(500)", () -> cut(text(), 300));
        types.put("bpchar", this::text);
        types.put("char(40)", () -> cut(text(), 20));
        types.put("\"char\"", () -> one("a", "\"", "\\", "\n", "\u0001", "\\200", "\u007f", ""));
        types.put("name", () -> cut(text(), 15));
        types.put("bytea", () -> "\\x" + HexFormat.of().formatHex(bytes()));
        types.put("bit(5)", () -> "01011");
        types.put("varbit", () -> one("", "1", "0101101"));
        types.put("uuid", () -> new UUID(random.nextLong(), random.nextLong()).toString());
        types.put("refcursor", this::text);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return RandomText.of(random, random.nextInt(random.nextInt(20) == 0 ? 5_000 : 60));
    }

    /// Without half a pair of surrogates at its end.
    private static String cut(String text, int most) {
        return text.codePoints()
                .limit(most)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void documents() {
        types.put(
                "json",
                () -> one("{\"a\" :  [1,\n 2.50, null]}", " 1 ", "\"\\u0041\"", "[ ]", quoted()));
        types.put(
                "jsonb", () -> one("{\"b\": [1, 2.50, null], \"a\": {}}", "1e3", "null", quoted()));
        types.put("jsonpath", () -> one("$.\"a\"[*] ? (@ > 1)", "$"));
        types.put("xml", () -> one("<a b=\"c\">d &amp; e</a>", "<a/>", "text"));
        types.put("tsvector", () -> one("'a':1 'b\"c':2A", "", "'x\\\\y'"));
        types.put("tsquery", () -> one("'a' & !'b\"'", "'x':*A <-> 'y'"));
    }

    private String quoted() {
        return '"' + text().replaceAll("[\\u0000-\\u001f\"\\\\]", "\\\\n") + '"';
    }

    private void places() {
        types.put("point", () -> one("(1,2)", "(1e300,-0.5)", "(Infinity,NaN)"));
        types.put("line", () -> "{1,-1,0.5}");
        types.put("lseg", () -> "[(1,2),(3,4)]");
        types.put("box", () -> "(3,4),(1,2)");
        types.put("path", () -> one("[(1,2),(3,4)]", "((1,2),(3,4))"));
        types.put("polygon", () -> "((1,2),(3,4),(5,0))");
        types.put("circle", () -> "<(1,2),3>");
        types.put("inet", () -> one("10.1.2.3", "10.0.0.0/8", "::1", "2001:db8::/32"));
        types.put("cidr", () -> one("10.0.0.0/8", "2001:db8::/32"));
        types.put("macaddr", () -> "08:00:2b:01:02:03");
        types.put("macaddr8", () -> "08:00:2b:01:02:03:04:05");
    }

    private void internals() {
        types.put("oid", () -> one("0", "4294967295"));
        types.put("xid", () -> "4294967295");
        types.put("xid8", () -> "18446744073709551615");
        types.put("cid", () -> "7");
        types.put("tid", () -> "(4294967295,65535)");
        types.put("pg_lsn", () -> "16/B374D848");
        types.put("pg_snapshot", () -> "10:20:10,14,15");
        types.put("txid_snapshot", () -> "10:20:10,14,15");
        types.put("regproc", () -> "pg_catalog.now");
        types.put("regprocedure", () -> "pg_catalog.abs(integer)");
        types.put("regoper", () -> "pg_catalog.||/");
        types.put("regoperator", () -> "pg_catalog.+(integer,integer)");
        types.put("regclass", () -> one("public.typed", "pg_catalog.pg_class"));
        types.put("regcollation", () -> "pg_catalog.\"C\"");
        types.put("regtype", () -> one("integer", "public.pair"));
        types.put("regrole", () -> "anon");
        types.put("regnamespace", () -> "public");
        types.put("regconfig", () -> "english");
        types.put("regdictionary", () -> "simple");
        types.put("aclitem", () -> "anon=r/postgres");
        types.put("int2vector", () -> one("1 2 3", ""));
        types.put("oidvector", () -> "1 2 3");
    }

    private void ranges() {
        types.put("int4range", () -> one("[1,5)", "empty", "(,)"));
        types.put("int8range", () -> "[1,)");
        types.put("numrange", () -> "[1.5,2.50]");
        types.put("tsrange", () -> "[2026-01-01 00:00:00,infinity)");
        types.put("tstzrange", () -> "[2026-01-01 00:00:00+00,)");
        types.put("daterange", () -> "[2026-01-01,2026-02-01)");
        types.put("int4multirange", () -> one("{[1,5),[7,9)}", "{}"));
        types.put("int8multirange", () -> "{[1,5)}");
        types.put("nummultirange", () -> "{[1.5,2.50]}");
        types.put("tsmultirange", () -> "{[2026-01-01 00:00:00,infinity)}");
        types.put("tstzmultirange", () -> "{[2026-01-01 00:00:00+00,)}");
        types.put("datemultirange", () -> "{[2026-01-01,2026-02-01)}");
    }

    private void users() {
        types.put("public.feeling", () -> one("glad", "sa\"d", "C:\\new"));
        types.put("public.mood", () -> one("up", "down"));
        types.put("public.pair", () -> one("(1,\"x \\\"y\\\"\")", "(,)"));
        types.put("public.span", () -> "[1.5,2)");
        types.put("public.age", () -> "17");
        types.put("public.older", () -> "70");
        types.put("public.sentence", this::text);
        types.put("public.document", () -> "{\"a\": [1]}");
        types.put("public.instant", () -> "2026-01-02 03:04:05.6+00");
        types.put("public.day", () -> "2026-01-02 03:04:05");
        types.put("public.flag", () -> one("true", "false"));
        types.put("public.ages", () -> "{1,2}");
        types.put("public.how", () -> "sa\"d");
        types.put("public.price", () -> "12.5");
        types.put("public.hstore", () -> one("a=>1, \"b c\"=>NULL", ""));
        types.put("public.citext", this::text);
    }

    private void arrays() {
        types.put("integer[]", () -> one("{1,NULL,3}", "{}", "{{1,2},{3,4}}", "[2:3]={1,2}"));
        types.put("text[]", () -> one("{a,\"b \\\"c\\\"\",NULL}", "{}"));
        types.put("boolean[]", () -> "{t,f,NULL}");
        types.put("double precision[]", () -> "{1.5,NaN,-Infinity}");
        types.put("timestamptz[]", () -> "{2026-01-02 03:04:05+00,infinity}");
        types.put("timestamp[]", () -> "{2026-01-02 03:04:05}");
        types.put("date[]", () -> "{2026-01-02}");
        types.put("jsonb[]", () -> "{\"{\\\"a\\\": 1}\"}");
        types.put("public.feeling[]", () -> "{glad}");
        types.put("public.mood[]", () -> "{up,down}");
        types.put("public.pair[]", () -> "{\"(1,x)\",NULL}");
        types.put("public.age[]", () -> "{1,2}");
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
