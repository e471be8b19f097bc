package dev.ashlar.backend.postgres.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file of SQL cut into statements, each with its place in the file.
///
/// Follows PostgreSQL's lexical rules (manual, 4.1): quotes, `E''`, dollar quotes, nested comments,
/// and SQL-standard function bodies (`BEGIN ATOMIC … END`). Where it is unsure it cuts too little,
/// never too much: the server itself splits what is sent together.
record SqlScript(String text, List<Statement> statements) {

    /// `offset` counts characters from the start of the file.
    record Statement(int offset, String sql) {
        String firstLine() {
            return sql.lines().findFirst().orElse("").strip();
        }
    }

    /// Something that must not stand in a migration, and why.
    record Refusal(int offset, String reason) {}

    private static final Pattern TRANSACTION_CONTROL =
            Pattern.compile(
                    "(begin|commit|rollback|abort|end|start\\s+transaction)\\b(?!\\s+to\\b).*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COPY_STDIN =
            Pattern.compile(
                    "copy\\s.*\\sfrom\\s+stdin\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NO_TRANSACTION =
            Pattern.compile("--\\s*ashlar:\\s*no-transaction\\s*", Pattern.CASE_INSENSITIVE);

    static SqlScript parse(String text) {
        return new SqlScript(text, List.copyOf(new Splitter(text).split()));
    }

    /// `-- ashlar: no-transaction` on the first line: for CREATE INDEX CONCURRENTLY and its like.
    boolean inTransaction() {
        return text.lines()
                .findFirst()
                .filter(line -> NO_TRANSACTION.matcher(line.strip()).matches())
                .isEmpty();
    }

    /// The first statement that this way of running files cannot keep its promises with.
    Optional<Refusal> findRefusal() {
        for (Statement statement : statements) {
            if (statement.sql().startsWith("\\")) {
                return Optional.of(
                        new Refusal(
                                statement.offset(),
                                "is a psql command; a migration can hold only SQL"));
            }
            if (COPY_STDIN.matcher(statement.sql()).matches()) {
                return Optional.of(
                        new Refusal(
                                statement.offset(),
                                "reads data that follows it, which only psql can; write INSERT"));
            }
            if (TRANSACTION_CONTROL.matcher(statement.sql()).matches()) {
                return Optional.of(
                        new Refusal(
                                statement.offset(),
                                "controls a transaction; each file already is one: take it out"));
            }
        }
        return Optional.empty();
    }

    /// `line 12, column 3`, counted from one, a tab being one column.
    String place(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (offset - lineStart + 1);
    }

    /// One pass over the text.
    private static final class Splitter {
        private final String text;
        private final List<Statement> statements = new ArrayList<>();
        private int at;
        private int start = -1;

        /// Nesting of `BEGIN ATOMIC` and of the CASE expressions in it; 0 outside of a body.
        private int atomic;

        private String lastWord = "";

        Splitter(String text) {
            this.text = text;
        }

        List<Statement> split() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (Character.isWhitespace(c)) {
                    at++;
                } else if (looking("--")) {
                    skipPast("\n");
                } else if (looking("/*")) {
                    skipBlockComment();
                } else if (c == '\\' && start < 0) {
                    start = at;
                    skipPast("\n");
                    finish(at);
                } else if (c == ';' && atomic == 0) {
                    finish(at++);
                } else {
                    token(c);
                }
            }
            finish(at);
            return statements;
        }

        private void token(char c) {
            if (start < 0) {
                start = at;
            }
            if (c == '\'') {
                skipQuoted('\'', lastWord.equals("e") && at > 0 && isWord(text.charAt(at - 1)));
            } else if (c == '"') {
                skipQuoted('"', false);
            } else if (c == '$') {
                skipDollar();
            } else if (isWord(c)) {
                word();
            } else {
                at++;
            }
        }

        private void word() {
            int from = at;
            while (at < text.length() && (isWord(text.charAt(at)) || text.charAt(at) == '$')) {
                at++;
            }
            String word = text.substring(from, at).toLowerCase(Locale.ROOT);
            if (word.equals("atomic") && lastWord.equals("begin")) {
                atomic++;
            } else if (atomic > 0 && word.equals("case")) {
                atomic++;
            } else if (atomic > 0 && word.equals("end")) {
                atomic--;
            }
            lastWord = word;
        }

        private void skipQuoted(char quote, boolean backslashEscapes) {
            at++;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\\' && backslashEscapes) {
                    at += 2;
                } else if (c == quote) {
                    // A doubled quote simply opens the next piece of the same literal.
                    at++;
                    return;
                } else {
                    at++;
                }
            }
        }

        /// `$$ … $$` or `$tag$ … $tag$`; a lone `$1` is just passed.
        private void skipDollar() {
            int end = at + 1;
            while (end < text.length()
                    && isWord(text.charAt(end))
                    && !(end == at + 1 && Character.isDigit(text.charAt(end)))) {
                end++;
            }
            if (end >= text.length() || text.charAt(end) != '$') {
                at++;
                return;
            }
            String tag = text.substring(at, end + 1);
            at = end + 1;
            skipPast(tag);
        }

        private void skipBlockComment() {
            int depth = 0;
            do {
                if (looking("/*")) {
                    depth++;
                    at += 2;
                } else if (looking("*/")) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < text.length());
        }

        private void skipPast(String mark) {
            int found = text.indexOf(mark, at);
            at = found < 0 ? text.length() : found + mark.length();
        }

        private boolean looking(String mark) {
            return text.startsWith(mark, at);
        }

        private void finish(int end) {
            if (start >= 0) {
                String sql = text.substring(start, end).stripTrailing();
                statements.add(new Statement(start, sql));
            }
            start = -1;
            atomic = 0;
            lastWord = "";
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c > 127;
        }
    }
}
