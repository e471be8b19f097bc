package dev.ashlar.auth.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rows of one table in a dump that pg_dump wrote as text (PostgreSQL's documentation, COPY,
/// "Text Format"): a line `COPY table (columns) FROM stdin;`, rows with tabs between their fields,
/// and a line with `\\.` at the end. NULL becomes an empty field.
final class CopyRows {
    private static final Pattern START =
            Pattern.compile("COPY \"?(\\w+)\"?\\.\"?(\\w+)\"? \\(([^)]*)\\) FROM stdin;");

    private CopyRows() {}

    record Table(List<String> columns, List<CsvRows.Row> rows) {}

    /// Of the table in schema `auth`; empty when the dump has none.
    static Table of(String dump, String table) {
        List<String> columns = List.of();
        List<CsvRows.Row> rows = new ArrayList<>();
        boolean within = false;
        boolean wanted = false;
        int line = 0;
        for (String text : dump.split("\n", -1)) {
            line++;
            String row = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            if (within) {
                within = !row.equals("\\.");
                if (within && wanted) {
                    rows.add(new CsvRows.Row(line, fields(row)));
                }
                continue;
            }
            Matcher start = START.matcher(row);
            within = start.matches();
            wanted = within && start.group(1).equals("auth") && start.group(2).equals(table);
            if (wanted) {
                columns = columns(start.group(3));
            }
        }
        if (within) {
            throw new IllegalArgumentException("the dump ends in the middle of a table");
        }
        return new Table(columns, rows);
    }

    private static List<String> columns(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .map(name -> name.startsWith("\"") ? name.substring(1, name.length() - 1) : name)
                .toList();
    }

    private static List<String> fields(String row) {
        return Arrays.stream(row.split("\t", -1)).map(CopyRows::field).toList();
    }

    private static String field(String written) {
        if (written.equals("\\N")) {
            return "";
        }
        if (written.indexOf('\\') < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length()) {
                i++;
                text.append(unescaped(written.charAt(i)));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /// pg_dump writes no other ones; what stands for nothing stands for itself.
    private static char unescaped(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> letter;
        };
    }
}
