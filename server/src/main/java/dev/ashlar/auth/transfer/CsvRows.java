package dev.ashlar.auth.transfer;

import java.util.ArrayList;
import java.util.List;

/// Comma-separated values (RFC 4180): fields in quotes may hold commas, line breaks and doubled
/// quotes.
final class CsvRows {
    record Row(int line, List<String> fields) {}

    private final String text;
    private int at;
    private int line = 1;

    private CsvRows(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when a quote is not closed
    static List<Row> parse(String text) {
        CsvRows rows = new CsvRows(text.startsWith("\ufeff") ? text.substring(1) : text);
        List<Row> all = new ArrayList<>();
        while (rows.at < rows.text.length()) {
            Row row = rows.row();
            if (row.fields().size() > 1 || !row.fields().getFirst().isEmpty()) {
                all.add(row);
            }
        }
        return all;
    }

    private Row row() {
        int start = line;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length()) {
            at++;
            line++;
        }
        return new Row(start, fields);
    }

    private String field() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int opened = line;
        StringBuilder field = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at++;
            } else if (c == '"') {
                at++;
                return field.toString();
            } else if (c == '\n') {
                line++;
            }
            field.append(c);
        }
        throw new IllegalArgumentException(
                "the quote that opens in line " + opened + " never ends");
    }
}
