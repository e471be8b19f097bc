package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Routine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether functions let what they do depend on who calls. Merely naming the caller, to answer with
/// it or to log it, is no check.
///
/// Bodies are read by patterns, statement by statement: what these take for a check although it is
/// none costs a finding its severity, not the finding.
final class CallerChecks {
    private static final String CALLER =
            "auth\\.(?:uid|role|jwt|email)\\s*\\(|request\\.jwt|\\bsession_user\\b"
                    + "|current_setting\\s*\\(\\s*'(?:role|request)";

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s)/\\*.*?\\*/");

    /// Where one statement, or one arm of it, ends.
    private static final Pattern END =
            Pattern.compile("(?i);|\\b(?:then|else|loop|begin|declare|do)\\b");

    private static final Pattern CONDITION =
            Pattern.compile(
                    "(?i)\\b(?:where|having|on|if|elsif|elseif|when|while|assert|exit|continue)\\b");

    /// Rows of what a function answers for the caller, and a function that may refuse.
    private static final Pattern ASKED_OF =
            Pattern.compile(
                    "(?i)\\bfrom\\s+[\\w.]+\\s*\\([^;]*$"
                            + "|\\bperform\\s+(?!\\S*(?:log|audit|track|notify|record|event))[\\w.]+\\s*\\([^;]*$");

    /// Behind what asks: its arguments, casts, the member of its claims, and then a comparison.
    private static final Pattern COMPARED_AFTER =
            Pattern.compile(
                    "(?i)^[\\w.]*'?(?:,\\s*(?:true|false))?\\s*\\)*(?:::\\w+)*"
                            + "(?:\\s*->>?\\s*'[^']*'(?:::text)?)*[\\s)]*(?:::\\w+)*(?:as\\s+\\w+)?[\\s)]*"
                            + "(?:=|<>|!=|is\\s+(?:not\\s+)?(?:null|distinct)|(?:not\\s+)?in\\s*\\()");

    private static final Pattern ANSWERED =
            Pattern.compile("(?is)^\\s*(?:return|select)\\b(?!.*\\bset\\b).*(?:=|<>)[\\s(]*$");

    private static final Pattern OWN_ROW =
            Pattern.compile("(?is)^\\s*(?:with\\b.*)?insert\\s+into\\b.*");

    private static final Pattern TOUCHES =
            Pattern.compile(
                    "(?i)\\b(?:from|insert\\s+into|update|delete|truncate|execute|perform|call)\\b");

    private static final String DECLARED =
            "(?:^|;|\\bdeclare\\b)\\s*(?!(?:return|select|if|perform|update)\\b)(\\w+)\\s+(?:constant\\s+)?"
                    + "[\\w.\\[\\]]+\\s*(?:not\\s+null\\s*)?(?::=|=|default)[^;]*?";

    private CallerChecks() {}

    /// Itself, or a function that it calls.
    static boolean in(Facts facts, Routine routine) {
        StringBuilder asks = new StringBuilder(CALLER);
        for (Routine other : facts.routines()) {
            boolean called =
                    other.oid() != routine.oid()
                            && routine.source().contains(other.name())
                            && Conditions.asks(other.source())
                            && calls(routine.source(), other);
            if (called && refuses(other)) {
                return true;
            }
            if (called) {
                asks.append("|\\b").append(Pattern.quote(other.name())).append("\\s*\\(");
            }
        }
        return checks(routine, Pattern.compile(asks.toString(), Pattern.CASE_INSENSITIVE));
    }

    /// Raises an error for some callers, so that to call it is the check.
    private static boolean refuses(Routine routine) {
        return routine.source().toLowerCase(Locale.ROOT).contains("raise")
                && checks(routine, Pattern.compile(CALLER, Pattern.CASE_INSENSITIVE));
    }

    private static boolean calls(String source, Routine other) {
        return Pattern.compile("\\b" + Pattern.quote(other.name()) + "\\s*\\(")
                .matcher(source)
                .find();
    }

    private static boolean checks(Routine routine, Pattern asks) {
        String body = COMMENT.matcher(routine.source()).replaceAll(" ");
        if (!asks.matcher(body).find()) {
            return false;
        }
        // Yes or no about the caller is all that it answers.
        if (routine.returns().equals("boolean")) {
            return true;
        }
        List<String> statements = END.splitAsStream(body).toList();
        Pattern named = withVariables(body, asks);
        return statements.stream().anyMatch(each -> conditional(each, named))
                || statements.stream()
                        .filter(each -> TOUCHES.matcher(each).find())
                        .allMatch(each ->
                                OWN_ROW.matcher(each).matches() && named.matcher(each).find());
    }

    private static boolean conditional(String statement, Pattern asks) {
        Matcher asked = asks.matcher(statement);
        while (asked.find()) {
            String before = statement.substring(0, asked.start());
            String after = statement.substring(asked.end());
            boolean compared =
                    COMPARED_AFTER.matcher(after).find() && !before.matches("(?is).*\\bset\\b.*");
            if (CONDITION.matcher(before).find()
                    || ASKED_OF.matcher(before).find()
                    || ANSWERED.matcher(before).matches()
                    || compared) {
                return true;
            }
        }
        return false;
    }

    /// What asks for the caller, or the variables that were filled with it.
    private static Pattern withVariables(String body, Pattern asks) {
        Set<String> variables = new LinkedHashSet<>();
        String ask = "(?:" + asks.pattern() + ")";
        for (String filled :
                List.of(
                        "(\\w+)\\s*:=[^;]*?" + ask,
                        DECLARED + ask,
                        ask + "[^;]*?\\binto\\s+(?:strict\\s+)?(\\w+)")) {
            Matcher variable = Pattern.compile(filled, Pattern.CASE_INSENSITIVE).matcher(body);
            while (variable.find()) {
                variables.add(variable.group(1));
            }
        }
        StringBuilder pattern = new StringBuilder(asks.pattern());
        variables.forEach(name -> pattern.append("|\\b").append(Pattern.quote(name)).append("\\b"));
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
    }
}
