package dev.ashlar.backend.sql;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one SQL statement. Syntax comes only from compile-time constants (the compiler refuses
/// anything else), names only through [#identifier], values only as parameters: text from a request
/// cannot become SQL.
public final class SqlText {
    /// What the driver can send.
    private static final int MAX_PARAMETERS = 32_767;

    private final StringBuilder text = new StringBuilder(512);
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /// A statement that is one constant, with its parameters in the order of `$1`, `$2`, ….
    public static SqlStatement of(
            @CompileTimeConstant final String sql, @Nullable Object... parameters) {
        SqlText statement = new SqlText().sql(sql);
        Collections.addAll(statement.parameters, parameters);
        return statement.build();
    }

    /// Syntax.
    public SqlText sql(@CompileTimeConstant final String constant) {
        text.append(constant);
        return this;
    }

    /// A name, always quoted.
    public SqlText identifier(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name cannot hold NUL");
        }
        text.append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"') {
                text.append('"');
            }
            text.append(c);
        }
        text.append('"');
        return this;
    }

    /// `"schema"."name"`.
    public SqlText qualified(String schema, String name) {
        return identifier(schema).sql(".").identifier(name);
    }

    /// A type name as the catalog wrote it (`format_type` quotes what needs it); never text from a
    /// request.
    public SqlText catalogType(CatalogType type) {
        text.append(type.sql());
        return this;
    }

    /// The default of a column as the catalog wrote it (`pg_get_expr`, with every name qualified);
    /// never text from a request.
    public SqlText catalogExpression(CatalogExpression expression) {
        text.append(expression.sql());
        return this;
    }

    /// A number that needs no parameter, such as an ordinal or a limit.
    public SqlText integer(long number) {
        text.append(number);
        return this;
    }

    /// The next `$n`, bound to the value.
    public SqlText parameter(@Nullable Object value) {
        if (parameters.size() == MAX_PARAMETERS) {
            throw new ProblemException(
                    new RequestProblem.Malformed(
                            "query", "", 0, "at most " + MAX_PARAMETERS + " values"));
        }
        parameters.add(value);
        text.append('$').append(parameters.size());
        return this;
    }

    /// A whole statement, which numbers its own parameters and so comes before any other.
    public SqlText statement(SqlStatement statement) {
        if (!parameters.isEmpty()) {
            throw new IllegalStateException("a statement may follow syntax only");
        }
        text.append(statement.text());
        parameters.addAll(statement.parameters());
        return this;
    }

    public SqlStatement build() {
        return new SqlStatement(
                text.toString(), Collections.unmodifiableList(new ArrayList<>(parameters)));
    }
}
