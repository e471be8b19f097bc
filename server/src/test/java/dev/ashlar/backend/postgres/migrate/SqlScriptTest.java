package dev.ashlar.backend.postgres.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    @Test
    void cutsAtSemicolonsOutsideOfQuotesAndComments() {
        assertThat(
                        statements(
                                """
                                -- one; two
                                select 'a;b', "c;d"; /* x; /* y; */ z; */
                                select E'it\\'s;', 'it''s;';
                                select 2\
                                """))
                .containsExactly(
                        "select 'a;b', \"c;d\"", "select E'it\\'s;', 'it''s;'", "select 2");
    }

    @Test
    void keepsFunctionBodiesWhole() {
        String dollars = "create function f() returns int language sql as $b$ select $$;$$; $b$";
        String atomic =
                "create function g(x int) returns int begin atomic select 1; select case when x > 0"
                        + " then 1 else 2 end; end";
        assertThat(statements(dollars + ";\n" + atomic + "; select 3"))
                .containsExactly(dollars, atomic, "select 3");
    }

    @Test
    void aParameterIsNoDollarQuote() {
        assertThat(statements("prepare p as select $1; select 2"))
                .containsExactly("prepare p as select $1", "select 2");
    }

    @Test
    void findsThePlaceOfAStatement() {
        SqlScript script = SqlScript.parse("select 1;\n\n  select 2;");
        assertThat(script.place(script.statements().getLast().offset()))
                .isEqualTo("line 3, column 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "COMMIT",
                "rollback",
                "start transaction read write",
                "end",
                "begin -- now",
                "copy t (a) from stdin",
                "\\connect other"
            })
    void refusesWhatItCannotKeepItsPromisesWith(String sql) {
        assertThat(SqlScript.parse("select 1;\n" + sql + ";\n").findRefusal()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rollback to savepoint s",
                "do $$ begin perform 1; end $$",
                "copy t from '/tmp/x'",
                "select 'a\n\\b'"
            })
    void acceptsWhatOnlyLooksLikeIt(String sql) {
        assertThat(SqlScript.parse(sql + ";\n").findRefusal()).isEmpty();
    }

    @Test
    void runsInATransactionUnlessToldOtherwise() {
        assertThat(SqlScript.parse("select 1").inTransaction()).isTrue();
        assertThat(SqlScript.parse("-- ashlar: no-transaction\nselect 1").inTransaction())
                .isFalse();
        assertThat(SqlScript.parse("\n-- ashlar: no-transaction\nselect 1").inTransaction())
                .isTrue();
    }

    @Test
    void checksumIgnoresLineEndingsAndNothingElse() {
        assertThat(checksum("a\r\nb\r\n")).isEqualTo(checksum("\uFEFFa\nb\n"));
        assertThat(checksum("a\nb\n")).isNotEqualTo(checksum("a\nb \n"));
    }

    private static int checksum(String text) {
        return MigrationFile.of("f", "1", "", text).checksum();
    }

    private static List<String> statements(String text) {
        return SqlScript.parse(text).statements().stream().map(SqlScript.Statement::sql).toList();
    }
}
