package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.Call;
import java.util.Locale;
import java.util.regex.Pattern;

/// Looks for words in a condition.
final class Mentions {
    private Mentions() {}

    static boolean in(PolicyExpression expression, String word) {
        boolean called =
                expression
                        .all()
                        .anyMatch(each ->
                                each instanceof Call call
                                        && (call.name().equals(word)
                                                || call.shortName().equals(word)));
        if (called) {
            return true;
        }
        Pattern whole =
                Pattern.compile(
                        "(?<![a-z0-9_])"
                                + Pattern.quote(word.toLowerCase(Locale.ROOT))
                                + "(?![a-z0-9_])");
        return whole.matcher(withoutComments(expression.sql())).find();
    }

    private static String withoutComments(String sql) {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (Token token : Lexer.tokens(sql)) {
            text.append(token.start() > end ? " " : "").append(token.text());
            end = token.end();
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
