package dev.ashlar.backend.postgres.catalog;

import java.util.HashMap;
import java.util.Map;

/// Reads the one thing needed from the text of a stored query tree (`pg_rewrite.ev_action`): which
/// column of which relation each output column shows, as PostgreSQL noted it when the view was made
/// (`resorigtbl`, `resorigcol` in primnodes.h), and which of the relations read from that is
/// (`varno`).
///
/// The text is nested `{NODE :field value …}` and `(list)`; a backslash escapes the character after
/// it, so braces outside of escapes always are structure (`outToken` in outfuncs.c).
final class NodeTree {
    private final String text;
    private final Map<Integer, Origin> origins = new HashMap<>();
    private int at;
    private int depth;
    private boolean inTargets;
    private boolean inVariable;
    private int number;
    private long relation;
    private int column;
    private int occurrence;

    /// A column of a table or, when views are nested, of another view. `occurrence` numbers the
    /// relations that the view reads from: one that is joined to itself has two.
    record Origin(long relation, int column, int occurrence) {}

    private NodeTree(String text) {
        this.text = text;
    }

    /// By number of the output column; a computed column has no origin, nor has one of a UNION.
    static Map<Integer, Origin> origins(String text) {
        NodeTree tree = new NodeTree(text);
        tree.scan();
        return tree.origins;
    }

    private void scan() {
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '\\' -> at += 2;
                case '{' -> {
                    depth++;
                    at++;
                    inVariable = depth == 3 && inTargets && text.startsWith("VAR ", at);
                }
                case '}' -> {
                    if (inTargets && depth == 2) {
                        endEntry();
                    }
                    inVariable = false;
                    depth--;
                    at++;
                }
                case ':' -> {
                    if (depth == 1 || (inTargets && depth == 2) || inVariable) {
                        field();
                    } else {
                        at++;
                    }
                }
                default -> at++;
            }
        }
    }

    /// A field of the query itself, or of an entry of its target list.
    private void field() {
        if (at > 0 && text.charAt(at - 1) != ' ' && text.charAt(at - 1) != '{') {
            at++;
            return;
        }
        int end = text.indexOf(' ', at);
        String name = text.substring(at, end < 0 ? text.length() : end);
        at += name.length();
        if (depth == 1) {
            inTargets = name.equals(":targetList");
            return;
        }
        switch (name) {
            case ":varno" -> occurrence = (int) value();
            case ":resno" -> number = (int) value();
            case ":resorigtbl" -> relation = value();
            case ":resorigcol" -> column = (int) value();
            default -> {}
        }
    }

    private void endEntry() {
        // Entries that only sort or group come after all others and have no column in the view;
        // their numbers are never asked for.
        if (relation != 0 && column > 0) {
            origins.put(number, new Origin(relation, column, occurrence));
        }
        relation = 0;
        column = 0;
        occurrence = 0;
    }

    private long value() {
        int from = at + 1;
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        at = end;
        return end == from ? 0 : Long.parseLong(text.substring(from, end));
    }
}
