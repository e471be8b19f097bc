package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Option;
import dev.ashlar.intent.Format.PlanText;
import dev.ashlar.intent.Format.Rows;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Writes the body of an answer out of the rows `_r`: `_r.*`, because `_r` alone would be a column
/// of that name.
final class BodySql {
    /// Goes before a body that the database's own code made: the server alone knows whether that is
    /// text or bytes, which come as hexadecimal digits.
    private static final char BYTES = 'b';

    private static final String HEXADECIMAL = "\\x";

    private BodySql() {}

    /// `json_agg` writes rows as clients know them: `[{"a":1}, \n {"a":2}]`.
    static void write(SqlText sql, Format format) {
        switch (format) {
            case Format.Json(Rows rows, Nulls nulls) -> json(sql, rows, nulls);
            case Format.Csv() -> csv(sql);
            case Format.GeoJson() ->
                    sql.sql("json_build_object('type', 'FeatureCollection', 'features',")
                            .sql(" coalesce(json_agg(ST_AsGeoJSON(_r.*)::json), '[]'))::text");
            case Format.Aggregated(_, QualifiedName aggregate) ->
                    own(sql, text -> call(text, aggregate));
            case Format.Raw _ -> own(sql, text -> text.sql("(array_agg(_r.pgrst_scalar))[1]"));
            case Format.Omitted _ -> sql.sql("''::text");
            case Format.Explained(Format of, _, _) -> write(sql, of);
        }
    }

    private static void json(SqlText sql, Rows rows, Nulls nulls) {
        boolean strips = nulls == Nulls.STRIPPED;
        if (rows == Rows.ONE) {
            sql.sql(
                    strips
                            ? "json_strip_nulls(json_agg(_r.*)->0)::text"
                            : "(json_agg(_r.*)->0)::text");
            return;
        }
        sql.sql(
                strips
                        ? "coalesce(json_strip_nulls(json_agg(_r.*)), '[]')::text"
                        : "coalesce(json_agg(_r.*), '[]')::text");
    }

    /// A line of names, those of the first row, and one for each row as the database writes rows as
    /// text (PostgreSQL manual, "Composite Type Input and Output Syntax").
    private static void csv(SqlText sql) {
        sql.sql("coalesce((SELECT string_agg(_k, ',') FROM json_object_keys(json_agg(_r.*)->0)")
                .sql(" AS _k), '') || chr(10) || coalesce(string_agg(")
                .sql("substring((_r.*)::text FROM 2 FOR length((_r.*)::text) - 2), chr(10)), '')");
    }

    private interface Expression {
        void write(SqlText sql);
    }

    private static void own(SqlText sql, Expression value) {
        sql.sql("(CASE WHEN (SELECT _y.typbasetype = 'pg_catalog.bytea'::regtype")
                .sql(" FROM pg_catalog.pg_type AS _y WHERE _y.oid = pg_typeof(");
        value.write(sql);
        sql.sql(")) THEN 'b' ELSE 't' END) || (");
        value.write(sql);
        sql.sql(")::text");
    }

    private static void call(SqlText sql, QualifiedName aggregate) {
        sql.qualified(aggregate.schema(), aggregate.name()).sql("(_r.*)");
    }

    /// What is sent of the body that the statement gave.
    static Buffer sent(Format format, LaneRow row) {
        return switch (format) {
            case Format.Raw _, Format.Aggregated _ -> own(row.text(PlanSql.BODY));
            case Format.Json _,
                    Format.Csv _,
                    Format.GeoJson _,
                    Format.Explained _,
                    Format.Omitted _ -> {
                Buffer body = row.buffer(PlanSql.BODY);
                yield body == null ? Buffer.buffer("null") : body;
            }
        };
    }

    private static Buffer own(@Nullable String text) {
        if (text == null) {
            return Buffer.buffer(0);
        }
        String body = text.substring(1);
        if (text.charAt(0) != BYTES) {
            return Buffer.buffer(body);
        }
        return Buffer.buffer(
                body.startsWith(HEXADECIMAL)
                        ? HexFormat.of().parseHex(body.substring(HEXADECIMAL.length()))
                        : body.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The statement that tells how another would be run.
    static SqlStatement explain(SqlStatement statement, Format.Explained explained) {
        SqlText sql = new SqlText().sql("EXPLAIN (FORMAT ");
        sql.sql(explained.text() == PlanText.JSON ? "JSON" : "TEXT");
        for (Option option : explained.options()) {
            sql.sql(
                    switch (option) {
                        case ANALYZE -> ", ANALYZE";
                        case VERBOSE -> ", VERBOSE";
                        case SETTINGS -> ", SETTINGS";
                        case BUFFERS -> ", BUFFERS";
                        case WAL -> ", WAL";
                    });
        }
        return sql.sql(") ").statement(statement).build();
    }
}
