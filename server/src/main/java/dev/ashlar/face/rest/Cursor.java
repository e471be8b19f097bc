package dev.ashlar.face.rest;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;

/// Reads the value of one query parameter from left to right, and knows where it is when something
/// is wrong.
final class Cursor {
    private static final int MAX_DEPTH = 60;

    private final String parameter;
    private final String text;
    private int position;
    private int depth;

    Cursor(String parameter, String text) {
        this.parameter = parameter;
        this.text = text;
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

    ProblemException fail(String expected) {
        return new ProblemException(
                new RequestProblem.Malformed(parameter, text, position, expected));
    }
}
