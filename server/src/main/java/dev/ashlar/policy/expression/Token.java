package dev.ashlar.policy.expression;

import java.util.Locale;

/// A word of a condition.
///
/// @param text as written
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        /// An unquoted name or key word.
        WORD,
        /// A name in double quotes.
        QUOTED,
        STRING,
        NUMBER,
        PARAMETER,
        OPERATOR,
        /// `( ) [ ] , ; . :: :`
        MARK,
        END
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isMark(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /// As the catalog has it: quoted ones as they stand, others in lower case.
    String name() {
        if (kind != Kind.QUOTED) {
            return text.toLowerCase(Locale.ROOT);
        }
        int start = text.indexOf('"') + 1;
        // What never ends has no second quote.
        return text.substring(start, Math.max(start, text.length() - 1)).replace("\"\"", "\"");
    }
}
