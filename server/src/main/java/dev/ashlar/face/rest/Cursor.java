package dev.ashlar.face.rest;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import org.jspecify.annotations.Nullable;

/// Reads the value of one query parameter from left to right, and knows where it is when something
/// is wrong.
final class Cursor {
    private static final int MAX_DEPTH = 60;

    private final String parameter;
    private final String text;
    private final int skipped;
    private int position;
    private int depth;

    Cursor(String parameter, String text) {
        this(parameter, text, 0);
    }

    /// `skipped` characters stand before the text and count in what is said of positions.
    Cursor(String parameter, String text, int skipped) {
        this.parameter = parameter;
        this.text = text;
        this.skipped = skipped;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /// The next character, or NUL at the end.
    char peek() {
        return atEnd() ? '\0' : text.charAt(position);
    }

    boolean startsWith(String token) {
        return text.startsWith(token, position);
    }

    /// Goes past the token if it is next.
    boolean take(String token) {
        if (!startsWith(token)) {
            return false;
        }
        position += token.length();
        return true;
    }

    void expect(String token) {
        if (!take(token)) {
            throw fail("\"" + token + "\"");
        }
    }

    char next() {
        return text.charAt(position++);
    }

    String rest() {
        String rest = text.substring(position);
        position = text.length();
        return rest;
    }

    int position() {
        return position;
    }

    void reset(int earlier) {
        position = earlier;
    }

    /// What was read from there on.
    String since(int start) {
        return text.substring(start, position);
    }

    /// Guards recursion: trees of conditions and embeds end at a depth that no honest request has.
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw fail("less nesting than " + MAX_DEPTH + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /// Text in double quotes, in which a backslash makes the next character plain.
    String quoted() {
        expect("\"");
        StringBuilder out = new StringBuilder();
        while (!atEnd()) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c == '\\' && !atEnd()) {
                c = next();
            }
            out.append(c);
        }
        throw fail("a closing double quote");
    }

    /// What is read up to one of the stops, which stays unread.
    String until(String stops) {
        int start = position;
        while (!atEnd() && stops.indexOf(peek()) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    /// Text in double quotes that reaches up to one of the stops or the end; null when there is
    /// none, and nothing is read.
    @Nullable String quotedUpTo(String stops) {
        int start = position;
        if (!take("\"")) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        while (!atEnd() && peek() != '"') {
            char c = next();
            out.append(c == '\\' && !atEnd() ? next() : c);
        }
        if (take("\"") && (atEnd() || stops.indexOf(peek()) >= 0)) {
            return out.toString();
        }
        position = start;
        return null;
    }

    ProblemException fail(String expected) {
        return fail(expected, 0);
    }

    /// The same for a word that should stand here: what is found is the first letter that differs.
    ProblemException failWord(String word, String expected) {
        int same = 0;
        while (same < word.length()
                && position + same < text.length()
                && text.charAt(position + same) == word.charAt(same)) {
            same++;
        }
        return fail(expected, same);
    }

    private ProblemException fail(String expected, int ahead) {
        int at = position + ahead;
        return new ProblemException(
                new RequestProblem.Malformed(
                        parameter,
                        text,
                        position,
                        skipped,
                        at < text.length() ? text.codePointAt(at) : null,
                        expected));
    }
}
