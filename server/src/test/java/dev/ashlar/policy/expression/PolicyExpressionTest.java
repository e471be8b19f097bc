package dev.ashlar.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.expression.PolicyExpression.And;
import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Cast;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.Exists;
import dev.ashlar.policy.expression.PolicyExpression.Group;
import dev.ashlar.policy.expression.PolicyExpression.In;
import dev.ashlar.policy.expression.PolicyExpression.IsNull;
import dev.ashlar.policy.expression.PolicyExpression.Not;
import dev.ashlar.policy.expression.PolicyExpression.Or;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyExpressionTest {
    /// Conditions, and how their logic reads: `&`, `|`, `!`, comparisons with their operator.
    static List<List<String>> shapes() {
        return List.of(
                List.of("true", "true"),
                List.of("a = b", "(a = b)"),
                List.of("a or b and not c", "|(a &(b !(c)))"),
                List.of("(a OR b) AND c", "&(|(a b) c)"),
                List.of("((a AND b) AND c)", "&(&(a b) c)"),
                List.of("a AND b AND c OR d OR e", "|(&(a b c) d e)"),
                List.of("NOT a = b", "!((a = b))"),
                List.of("NOT NOT a", "!(!(a))"),
                List.of("a = b IS NULL", "((a = b) null)"),
                List.of("a IS NOT NULL AND b NOTNULL", "&((a not null) (b not null))"),
                List.of("a < b = true", "((a < b) = true)"),
                List.of("a || b = c || d", "(?(a b) = ?(c d))"),
                List.of("a + b * c > d", "(?(a ?(b c)) > d)"),
                List.of("a -> 'x' ->> 'y' = 'z'", "(?(?(a 'x') 'y') = 'z')"),
                List.of("a != -1", "(a <> -1)"),
                List.of("a = any (b)", "(a = ANY b)"),
                List.of(
                        "a <> ALL (ARRAY['x'::text, 'y'::text])",
                        "(a <> ALL ?(?('x'::text 'y'::text)))"),
                List.of("a IN (1, 2)", "(a = ANY 1 2)"),
                List.of("a NOT IN (select b from c)", "(a <> ALL select(b))"),
                List.of("a BETWEEN b AND c AND d", "&(?(a b c) d)"),
                List.of("a NOT BETWEEN 1 AND 2 OR d", "|(?(a 1 2) d)"),
                List.of("a  not  like 'x%' and b", "&((a NOT LIKE 'x%') b)"),
                List.of("a LIKE 'x' ESCAPE '!' AND b", "&(?(a 'x' '!') b)"),
                List.of("a ~~ ANY (b)", "(a ~~ ANY b)"),
                List.of("a IS NOT DISTINCT FROM b", "(a IS NOT DISTINCT FROM b)"),
                List.of("a IS TRUE AND b IS NOT FALSE", "&((a IS TRUE) (b IS NOT FALSE))"),
                List.of("a IS UNKNOWN", "(a null)"),
                List.of("a OPERATOR(pg_catalog.=) b AND c", "&((a = b) c)"),
                List.of("a @> b AND c && d", "&((a @> b) (c && d))"),
                List.of("auth.uid() = t.owner", "(auth.uid() = owner)"),
                List.of("\"auth\".\"uid\"() = \"Owner\"", "(auth.uid() = Owner)"),
                List.of(
                        "(a)::text = b::character varying(20)[]",
                        "(a::text = b::character varying(20)[])"),
                List.of(
                        "a::timestamp with time zone < now()",
                        "(a::timestamp with time zone < now())"),
                List.of("a AT TIME ZONE 'UTC' < b", "(?(a 'UTC') < b)"),
                List.of("a COLLATE \"C\" = b", "(?(a) = b)"),
                List.of("a[1] = b", "(?(a) = b)"),
                List.of("(a).b = c", "(?(a) = c)"),
                List.of("interval '1 day' > a", "('1 day'::interval > a)"),
                List.of("CASE WHEN a THEN b ELSE c END AND d", "&(?(a b c) d)"),
                List.of("CASE a WHEN 1 THEN b END", "?(a 1 b)"),
                List.of("cast(a AS text) = b", "(a::text = b)"),
                List.of("extract(year from a) > 5", "(extract(year a) > 5)"),
                List.of("ROW(a, b) = (c, d)", "(?(a b) = ?(c d))"),
                List.of(
                        "EXISTS ( SELECT 1 FROM m WHERE m.x = a AND m.y)",
                        "exists(select(1 &((x = a) y)))"),
                List.of("( SELECT auth.uid() AS uid) = a", "(select(auth.uid()) = a)"),
                List.of("a = (select b from c where d order by e limit 1)", "(a = select(b d))"),
                List.of("a IN (select b from c union select d from e)", "(a = ANY select())"),
                List.of("CURRENT_USER = a", "(current_user() = a)"),
                List.of(
                        "a = 'it''s AND' OR b = E'\\' OR c'",
                        "|((a = 'it''s AND') (b = E'\\' OR c'))"),
                List.of("a = $q$ OR $q$ AND b", "&((a = $q$ OR $q$) b)"),
                List.of("a /* OR /* b */ */ AND -- OR\n c", "&(a c)"),
                List.of("\"a AND b\" AND c", "&(a AND b c)"),
                List.of("f(a => 1, VARIADIC b)", "f(1 b)"),
                List.of("count(*) FILTER (WHERE a) > 1", "(?(count(?())) > 1)"),
                List.of("a -1 = -b", "(?(a 1) = ?(b))"),
                List.of("a=-1", "(a = -1)"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readsByPrecedence(List<String> shape) {
        PolicyExpression parsed = PolicyExpression.parse(shape.getFirst());
        assertThat(shape(parsed)).isEqualTo(shape.getLast());
        assertWhole(parsed, shape.getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(",
                ")",
                "a = ",
                "a AND",
                "'",
                "\"",
                "$$",
                "$a$ x",
                "a = 'x",
                "/* a",
                "SELECT 1",
                "a b",
                "a ==== b",
                "CASE WHEN",
                "(a, ",
                "a[",
                "a::",
                "::",
                "f(",
                "f(a b)",
                "((a)",
                "a IN",
                "a IN ()",
                "EXISTS",
                "EXISTS (",
                "NOT",
                "a IS",
                "a NOT b",
                "1..2",
                "e'\\",
                "u&'",
                "a . b . "
            })
    void whatIsNoConditionIsKept(String text) {
        assertWhole(PolicyExpression.parse(text), text);
    }

    @Test
    void neverFailsWhateverIsCutOutOrPutIn() {
        Random random = new Random(5);
        List<List<String>> shapes = shapes();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text =
                    new StringBuilder(shapes.get(random.nextInt(shapes.size())).getFirst());
            for (int change = 0; change < 3; change++) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean() && at < text.length()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, "()'\"[].:,$ =-/*AE".charAt(random.nextInt(17)));
                }
            }
            assertWhole(PolicyExpression.parse(text.toString()), text.toString());
        }
    }

    @Test
    void nestingHasABound() {
        String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
        assertWhole(PolicyExpression.parse(deep), deep);
        String nots = "NOT ".repeat(100_000) + "a";
        assertWhole(PolicyExpression.parse(nots), nots);
        String sum = "1 + ".repeat(100_000) + "a = b";
        assertWhole(PolicyExpression.parse(sum), sum);
        String many = "a = b AND ".repeat(5_000) + "c";
        assertThat(PolicyExpression.parse(many).leaves()).hasSize(5_001);
    }

    @Test
    void leavesAreWhatTheLogicJoins() {
        PolicyExpression parsed =
                PolicyExpression.parse(
                        "((a = b) AND (NOT (c IS NULL OR d IN (1))) AND f(x AND y))");
        assertThat(parsed.leaves())
                .extracting(PolicyExpression::sql)
                .containsExactly("a = b", "c IS NULL", "d IN (1)", "f(x AND y)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | always",
                "(true) | always",
                "1 = 1 | always",
                "'a' = 'a' | always",
                "'a'::text = 'a'::text | always",
                "true = true | always",
                "a OR true | always",
                "(a = b) OR NOT false | always",
                "true AND (1 <> 2) | always",
                "'t'::boolean | always",
                "( SELECT true AS bool) | always",
                "NULL IS NULL | always",
                "2 >= 2 | always",
                "false | never",
                "NULL | never",
                "NULL::boolean | never",
                "a AND false | never",
                "a = NULL | never",
                "a = NULL::uuid | never",
                "1 = 2 | never",
                "NOT true | never",
                "(a = NULL) OR false | never",
                "1 IS NULL | never",
                "a | open",
                "a = a | open",
                "1 = 01 | open",
                "'1' = '01' | open",
                "a OR NOT a | open",
                "a IS DISTINCT FROM NULL | open",
                "NULL IS NOT TRUE | open",
                "a IS NULL | open",
                "NOT (a = NULL AND b) | open",
                "f(true) | open"
            })
    void tellsWhatIsAlwaysOrNeverTrue(String condition, String expected) {
        PolicyExpression parsed = PolicyExpression.parse(condition);
        assertThat(parsed.alwaysTrue()).isEqualTo(expected.equals("always"));
        assertThat(parsed.neverTrue()).isEqualTo(expected.equals("never"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "auth.uid() = a | ( SELECT auth.uid() AS uid) = a",
                "(( SELECT auth.uid() AS uid) = a) | (( SELECT auth.uid() AS uid) = a)",
                "(SELECT auth.jwt() ->> 'role') = a | (SELECT auth.jwt() ->> 'role') = a",
                "((auth.jwt() ->> 'role'::text) = 'x'::text) | ((( SELECT auth.jwt() AS jwt) ->> 'role'::text) = 'x'::text)",
                "a IN ( SELECT m.b FROM m WHERE (m.c = auth.uid())) | a IN ( SELECT m.b FROM m WHERE (m.c = ( SELECT auth.uid() AS uid)))",
                "auth.uid() = a OR auth.role() = 'x' | ( SELECT auth.uid() AS uid) = a OR ( SELECT auth.role() AS role) = 'x'",
                "(current_setting('a.b'::text, true))::uuid = a | (( SELECT current_setting('a.b'::text, true) AS current_setting))::uuid = a",
                "current_setting(a) = 'x' | current_setting(a) = 'x'",
                "private.is_admin() | ( SELECT private.is_admin() AS is_admin)",
                "private.is_admin(auth.uid()) | ( SELECT private.is_admin(auth.uid()) AS is_admin)",
                "private.is_admin(owner) | private.is_admin(owner)",
                "private.is_admin((select x from y)) | private.is_admin((select x from y))",
                "private.\"Is Mine\"() | ( SELECT private.\"Is Mine\"() AS \"Is Mine\")",
                "other.is_admin() | other.is_admin()",
                "CASE WHEN a THEN auth.uid() = b ELSE false END | CASE WHEN a THEN ( SELECT auth.uid() AS uid) = b ELSE false END",
                "f(auth.uid(), a) | f(( SELECT auth.uid() AS uid), a)",
                "a = 'auth.uid()' | a = 'auth.uid()'",
                "(SELECT auth.uid() FROM m) = a | (SELECT ( SELECT auth.uid() AS uid) FROM m) = a",
                "(SELECT auth.uid() = a) | (SELECT ( SELECT auth.uid() AS uid) = a)"
            })
    void callsPerRowAreMadeOnce(String condition, String expected) {
        Set<String> stable = Set.of("private.is_admin", "private.Is Mine");
        PolicyExpression parsed = PolicyExpression.parse(condition);
        assertThat(parsed.withCallsOnce(stable)).isEqualTo(expected);
        assertThat(parsed.perRowCalls(stable).isEmpty()).isEqualTo(condition.equals(expected));
        assertThat(PolicyExpression.parse(expected).perRowCalls(stable)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "auth.uid() = owner | owner",
                "((auth.uid())::text = (owner)::text) | owner",
                "(( SELECT auth.uid() AS uid) = notes.owner) AND b = 1 | owner",
                "auth.uid() = a OR (auth.jwt() ->> 'org') = b | a,b",
                "org IN ( SELECT m.org FROM m WHERE (m.person = auth.uid())) | org",
                "auth.uid() = ANY (members) | members",
                "owner = ANY (ARRAY[auth.uid()]) | owner",
                "(current_setting('request.jwt.claims'::text, true))::json ->> 'sub' = owner | owner",
                "lower(email) = auth.email() | ``",
                "owner <> auth.uid() | ``",
                "owner = other | ``",
                "EXISTS ( SELECT 1 FROM m WHERE m.person = auth.uid()) | ``",
                "CASE WHEN a THEN owner = auth.uid() ELSE false END | owner"
            })
    void findsWhoseRowsAre(String condition, String columns) {
        assertThat(String.join(",", PolicyExpression.parse(condition).columnsComparedWithCaller()))
                .isEqualTo(columns);
    }

    @Test
    void mentionsNamesAndWordsButNotComments() {
        PolicyExpression parsed =
                PolicyExpression.parse(
                        "((auth.jwt() -> 'user_metadata') ->> 'x') = a /* email */ AND f(b)");
        assertThat(List.of("auth.jwt", "jwt", "user_metadata", "f", "b", "USER_METADATA"))
                .allMatch(parsed::mentions);
        assertThat(List.of("email", "metadata", "auth.uid", "uid")).noneMatch(parsed::mentions);
    }

    @Test
    void partsCanBeReplaced() {
        PolicyExpression parsed = PolicyExpression.parse("((a = b) OR (c = d))");
        assertThat(parsed.replaced(parsed.leaves().getLast(), "true"))
                .isEqualTo("((a = b) OR (true))");
    }

    private static void assertWhole(PolicyExpression parsed, String text) {
        assertThat(parsed.sql()).isEqualTo(text);
        parsed.all()
                .forEach(part -> assertThat(part.parts()).allMatch(inner -> inside(inner, part)));
    }

    private static boolean inside(PolicyExpression inner, PolicyExpression outer) {
        return inner.span().start() >= outer.span().start()
                && inner.span().end() <= outer.span().end();
    }

    private static String shape(PolicyExpression part) {
        return switch (part) {
            case And and -> "&(" + shapes(and.terms()) + ")";
            case Or or -> "|(" + shapes(or.terms()) + ")";
            case Not not -> "!(" + shape(not.inner()) + ")";
            case Group group -> shape(group.inner());
            case Comparison it ->
                    "(%s %s %s)".formatted(shape(it.left()), it.operator(), shape(it.right()));
            case IsNull it -> "(" + shape(it.operand()) + (it.negated() ? " not null)" : " null)");
            case In it ->
                    "(%s %s %s %s)"
                            .formatted(
                                    shape(it.operand()),
                                    it.operator(),
                                    it.quantifier(),
                                    shapes(it.choices()));
            case Exists exists -> "exists(" + shape(exists.select()) + ")";
            case SubSelect select -> "select(" + shapes(select.parts()) + ")";
            case Call call -> call.name() + "(" + shapes(call.arguments()) + ")";
            case Column column -> column.name();
            case PolicyExpression.Constant constant -> constant.sql();
            case Cast cast -> shape(cast.operand()) + "::" + cast.type();
            case Other other -> "?(" + shapes(other.parts()) + ")";
        };
    }

    private static String shapes(List<PolicyExpression> parts) {
        return parts.stream().map(PolicyExpressionTest::shape).collect(Collectors.joining(" "));
    }
}
