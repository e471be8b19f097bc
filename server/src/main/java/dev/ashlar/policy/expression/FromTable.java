package dev.ashlar.policy.expression;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one table that a sub-select reads, as PostgreSQL writes it back: `app.members m`.
///
/// @param alias what its columns are called by: the table's own name where it has no other
public record FromTable(String schema, String table, String alias) {
    /// A name as PostgreSQL writes it, in one group: quoted where it must be.
    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*)";

    /// `schema.table`, in two groups.
    public static final String QUALIFIED = NAME + "\\." + NAME;

    /// The same with what it is called by, where it has another name, in a third.
    public static final String ALIASED = QUALIFIED + "(?:\\s+" + NAME + ")?";

    private static final Pattern ONE = Pattern.compile("\\(*" + ALIASED + "\\s*\\)*");

    /// Empty where it reads several, or something that is no table.
    public static Optional<FromTable> find(PolicyExpression.SubSelect select) {
        Matcher from = ONE.matcher(select.from().map(span -> span.text().strip()).orElse(""));
        if (!from.matches()) {
            return Optional.empty();
        }
        String alias = from.group(3) == null ? from.group(2) : from.group(3);
        return Optional.of(
                new FromTable(unquoted(from.group(1)), unquoted(from.group(2)), unquoted(alias)));
    }

    /// The name that PostgreSQL wrote, without its quotes.
    public static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
