package dev.ashlar.backend.postgres.exposure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a condition says about columns, as far as it takes to make rows that it tells apart. It
/// reads text as `pg_get_expr` writes it, by patterns: what they miss costs a variant, not the
/// truth of what is tried.
final class PolicyText {
    /// Who is calling: its account, or the whole of its claims of which the account is taken.
    private static final String CALLER =
            "(?:auth\\.uid\\(\\)|auth\\.jwt\\(\\)\\s*->>\\s*'sub'|'sub'::text|"
                    + "current_setting\\('request\\.jwt\\.claim\\.sub'";

    private static final String OPENING = "[\\s(]*(?:SELECT\\s+)?[\\s(]*(?:NULLIF\\()?[\\s(]*";
    private static final String MAIL =
            "(?:auth\\.email\\(\\)|auth\\.jwt\\(\\)\\s*->>\\s*'email'|'email'::text|"
                    + "current_setting\\('request\\.jwt\\.claim\\.email'";
    private static final String CAST = "[)]*(?:::[a-z ]+)?[)]*";
    private static final String TEXT = "'((?:[^']|'')*)'";
    private static final String NOW = "(?:now\\(\\)|CURRENT_(?:DATE|TIMESTAMP|TIME)|LOCALTIME\\w*)";
    private static final Pattern LITERAL = Pattern.compile(TEXT);

    /// Functions with arguments, but for those that ask for the caller or handle values.
    private static final Pattern FUNCTION =
            Pattern.compile(
                    "\\b(?!(?:current_setting|NULLIF|COALESCE|lower|upper|now|ANY|jsonb?_\\w+)\\()"
                            + "\\w+\\((?!\\))");

    private static final Pattern ANY_CALLER =
            Pattern.compile("auth\\.(?:uid|jwt|email)\\(\\)|request\\.jwt|\\b(?i:current_user)\\b");

    private final String text;
    private final String callerFunctions;

    /// @param callerFunctions names of functions of the application's own that tell the caller's
    ///   account
    PolicyText(String text, Set<String> callerFunctions) {
        this.text = text;
        StringBuilder names = new StringBuilder();
        callerFunctions.forEach(
                name -> names.append('|').append(Pattern.quote(name)).append("\\(\\)"));
        this.callerFunctions = names.toString();
    }

    /// Whether it asks at all who is calling.
    boolean asksForCaller() {
        return ANY_CALLER.matcher(text).find()
                || (!callerFunctions.isEmpty()
                        && Pattern.compile(callerFunctions.substring(1)).matcher(text).find());
    }

    /// Whether the column must equal the caller's account.
    boolean comparesAccount(String column) {
        return names(column) && compares(own(column), CALLER + callerFunctions + ")");
    }

    boolean comparesMail(String column) {
        return names(column) && compares(own(column), MAIL + ")");
    }

    /// Whether the column is a list that must hold the caller's account.
    boolean searchesAccount(String column) {
        return names(column)
                && (find(CALLER + callerFunctions + ")[^=<>]{0,60}= ANY \\(+" + own(column))
                        || find(
                                own(column)
                                        + CAST
                                        + " @> ARRAY\\["
                                        + OPENING
                                        + CALLER
                                        + callerFunctions
                                        + ")"));
    }

    private boolean compares(String column, String caller) {
        // `current_setting('request.jwt.claims', true)::json ->> 'sub'` begins far before 'sub'.
        return find(column + CAST + "\\s*=\\s*" + OPENING + "(?:[^=<>]{0,90}->> )?" + caller)
                || find(caller + "[^=<>]{0,60}\\s=\\s\\(*" + column);
    }

    /// Whether it names the column as one of its own row.
    boolean mentions(String column) {
        return names(column) && find(own(column));
    }

    /// Whether it looks into other tables or asks functions that may.
    boolean looksElsewhere() {
        return text.contains(" FROM ") || FUNCTION.matcher(text).find();
    }

    /// Texts that the column is compared with for equality, in order.
    List<String> literals(String column) {
        return !names(column) ? List.of() : literalsOf(own(column));
    }

    /// The same for a column of a table that the policy looks into.
    List<String> literalsOfOthers(String column) {
        return literalsOf("\\b\\w+\\.\"?" + Pattern.quote(column) + "\"?");
    }

    private List<String> literalsOf(String name) {
        Set<String> found = new LinkedHashSet<>();
        String own = name + CAST;
        Matcher equal = Pattern.compile(own + "\\s*(?:=|~~\\*?)\\s*\\(?" + TEXT).matcher(text);
        while (equal.find()) {
            found.add(unquoted(equal.group(1)));
        }
        Matcher before =
                Pattern.compile(TEXT + "(?:::[a-z ]+)?\\)?\\s*=\\s*\\(*" + name).matcher(text);
        while (before.find()) {
            found.add(unquoted(before.group(1)));
        }
        Matcher number =
                Pattern.compile(own + "\\s*(?:=|>=|<=)\\s*\\(?(-?[0-9.]+)\\b").matcher(text);
        while (number.find()) {
            found.add(number.group(1));
        }
        Matcher among =
                Pattern.compile(own + "\\s*= ANY \\(+(?:ARRAY\\[([^\\]]*)\\]|" + TEXT + ")")
                        .matcher(text);
        while (among.find()) {
            found.addAll(
                    among.group(1) == null
                            ? List.of(among.group(2).replaceAll("[{}]", "").split(",", -1))
                            : texts(among.group(1)));
        }
        return List.copyOf(found);
    }

    static List<String> texts(String list) {
        List<String> texts = new ArrayList<>();
        Matcher each = LITERAL.matcher(list);
        while (each.find()) {
            texts.add(unquoted(each.group(1)));
        }
        return texts;
    }

    private static String unquoted(String text) {
        return text.replace("''", "'");
    }

    boolean wantsNull(String column) {
        return names(column) && find(own(column) + "\\)* IS NULL");
    }

    boolean wantsNoNull(String column) {
        return names(column) && find(own(column) + "\\)* IS NOT NULL");
    }

    /// Whether the column is to lie in the future (`expires_at > now()`).
    boolean wantsFuture(String column) {
        return names(column) && (beside(column, ">=?") || behind(column, "<=?"));
    }

    boolean wantsPast(String column) {
        return names(column) && (beside(column, "<=?") || behind(column, ">=?"));
    }

    private boolean beside(String column, String operator) {
        return find(own(column) + CAST + "\\s*" + operator + "\\s*\\(?" + NOW);
    }

    private boolean behind(String column, String operator) {
        return find(NOW + CAST + "\\s*" + operator + "\\s*\\(*" + own(column));
    }

    /// A column of the policy's own table: unqualified outside of sub-selects, where PostgreSQL
    /// qualifies every column.
    private static String own(String column) {
        boolean plain = column.matches("[a-z_][a-z0-9_$]*");
        String name =
                plain
                        ? "\\b" + Pattern.quote(column)
                        : Pattern.quote('"' + column.replace("\"", "\"\"") + '"');
        return "(?<![.\"'\\w])" + name + (plain ? "\\b(?!['\"(.])" : "");
    }

    /// Cheap, before a pattern is made.
    private boolean names(String column) {
        return text.contains(column.replace("\"", "\"\""));
    }

    private boolean find(String pattern) {
        return Pattern.compile(pattern).matcher(text).find();
    }
}
