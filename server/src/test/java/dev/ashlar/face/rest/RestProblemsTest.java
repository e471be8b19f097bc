package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.RequestProblem;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RestProblemsTest {
    private static final RestProblems RENDERER = new RestProblems();
    private static final SentRequest REQUEST = SentRequest.of("GET", "/a");

    @ParameterizedTest
    @MethodSource("everyKind")
    void everyProblemHasItsFourMembers(Class<? extends Problem> kind) throws Exception {
        HttpResponse response = RENDERER.render(sample(kind), REQUEST);
        assertThat(response.status()).isBetween(300, 599);
        assertThat(response.findHeader("Content-Type")).contains("application/json; charset=utf-8");
        JsonObject body = (JsonObject) Json.parse(response.body().toString());
        assertThat(body.members().keySet()).containsExactly("code", "details", "hint", "message");
        assertThat(body.findText("code").orElseThrow())
                .matches("(PGRST[0-9X]|ASHLAR\\d)\\d\\d|\\d{5}");
        assertThat(body.findText("message").orElseThrow()).isNotBlank().doesNotContain("[");
    }

    @Test
    void wordsThemAsDocumented() {
        assertThat(body(new CatalogProblem.TableUnknown("api", "todo", "todos")))
                .isEqualTo(
                        "{\"code\":\"PGRST205\",\"details\":null,\"hint\":\"Perhaps you meant the"
                                + " table 'api.todos'\",\"message\":\"Could not find the table"
                                + " 'api.todo' in the schema cache\"}");
        assertThat(body(new DataProblem.NotSingular(0)))
                .isEqualTo(
                        "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\","
                                + "\"hint\":null,\"message\":\"Cannot coerce the result to a single"
                                + " JSON object\"}");
        assertThat(body(new RequestProblem.RangeUnsatisfiable(60, 40L, null)))
                .isEqualTo(
                        "{\"code\":\"PGRST103\",\"details\":\"An offset of 60 was requested, but"
                                + " there are only 40 rows.\",\"hint\":null,\"message\":\"Requested"
                                + " range not satisfiable\"}");
        assertThat(body(new RequestProblem.PreferenceInvalid(List.of("foo", "bar"))))
                .isEqualTo(
                        "{\"code\":\"PGRST122\",\"details\":\"Invalid preferences: foo, bar\","
                                + "\"hint\":null,\"message\":\"Invalid preferences given with"
                                + " handling=strict\"}");
    }

    @Test
    void tellsNothingOfAnInternalProblemButTheRequest() {
        assertThat(body(new InternalProblem.Unexpected())).contains("request-1");
        assertThat(RENDERER.render(new InternalProblem.Unexpected(), REQUEST).status())
                .isEqualTo(500);
    }

    @Test
    void asksForATokenAndForPatience() {
        assertThat(header(rejected("42501", true), "WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(header(rejected("42501", false), "WWW-Authenticate")).isEqualTo("-");
        assertThat(
                        header(
                                new AuthProblem.TokenInvalid(AuthProblem.TokenFault.EXPIRED),
                                "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"JWT expired\"");
        assertThat(header(new LimitProblem.Overloaded(Duration.ofSeconds(3)), "Retry-After"))
                .isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY,PGRST301,Empty JWT is sent in Authorization header",
        "WRONG_PARTS,PGRST301,Expected 3 parts in JWT; got exp",
        "BAD_SIGNATURE,PGRST301,No suitable key or wrong key type",
        "UNKNOWN_KEY,PGRST301,No suitable key or wrong key type",
        "EXPIRED,PGRST303,JWT expired",
        "NOT_YET_VALID,PGRST303,JWT not yet valid",
        "ISSUED_IN_FUTURE,PGRST303,JWT issued at future",
        "WRONG_AUDIENCE,PGRST303,JWT not in audience",
        "NOT_A_NUMBER,PGRST303,The JWT 'exp' claim must be a number",
        "BAD_CLAIMS,PGRST303,Parsing claims failed"
    })
    void wordsEachFaultOfAToken(TokenFault fault, String code, String message) throws Exception {
        TokenInvalid problem = new TokenInvalid(fault, "exp");
        HttpResponse response = RENDERER.render(problem, REQUEST);
        assertThat(response.status()).isEqualTo(401);
        JsonObject body = (JsonObject) Json.parse(response.body().toString());
        assertThat(body.findText("code")).contains(code);
        assertThat(body.findText("message")).contains(message);
        assertThat(header(problem, "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"" + message + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "23505,409", "23503,409", "23502,400", "23514,400", "22P02,400", "25006,405", "42883,404",
        "42P01,404", "42P17,500", "42703,400", "57014,500", "40001,500", "53300,503", "53400,500",
        "08006,503", "54001,500", "P0001,400", "P0002,500", "XX000,500", "PT404,404", "PT999,999",
        "28000,403", "'',400"
    })
    void givesEachSqlStateItsStatus(String state, int status) {
        assertThat(SqlStates.status(rejected(state, false))).isEqualTo(status);
    }

    @Test
    void someStatusesAreTheMessages() {
        assertThat(SqlStates.status(said("21000", "UPDATE requires a WHERE clause")))
                .isEqualTo(400);
        assertThat(SqlStates.status(said("22023", "role \"nobody\" does not exist")))
                .isEqualTo(401);
    }

    @Test
    void raisedStatusesHaveTheirOwnWords() {
        assertThat(RENDERER.render(said("PT402", "Pay first"), REQUEST).reason())
                .isEqualTo("Pay first");
        assertThat(RENDERER.render(said("PT402", "Zahl\nzuerst"), REQUEST).reason()).isNull();
        assertThat(RENDERER.render(said("P0001", "No"), REQUEST).reason()).isNull();
        DataProblem raised =
                new DataProblem.Rejected(
                        "PGRST",
                        "{\"code\":\"1\",\"message\":\"m\"}",
                        "{\"status\":419,\"status_text\":\"Page Expired\",\"headers\":{\"A\":\"b\"}}",
                        null,
                        false);
        assertThat(RENDERER.render(raised, REQUEST).reason()).isEqualTo("Page Expired");
    }

    @Test
    void tellsLessWhenMadeTo() {
        HttpResponse response =
                new RestProblems(RestConfig.Verbosity.MINIMAL)
                        .render(new DataProblem.NotSingular(2), REQUEST);
        assertThat(response.body().toString())
                .isEqualTo(
                        "{\"code\":\"PGRST116\",\"message\":\"Cannot coerce the result to a"
                                + " single JSON object\"}");
    }

    @Test
    void namesTheErrorAlsoWhereNoBodyIsSeen() {
        assertThat(header(rejected("57014", false), "Proxy-Status"))
                .isEqualTo("Ashlar; error=57014");
        assertThat(header(new RequestProblem.RangeUnsatisfiable(60, 40L, null), "Content-Range"))
                .isEqualTo("*/40");
        DataProblem.Rejected smuggling =
                new DataProblem.Rejected(
                        "PGRST",
                        "{\"code\":\"1\\r\\nA: b\",\"message\":\"x\"}",
                        "{\"status\":400,\"headers\":{}}",
                        null,
                        false);
        assertThat(header(smuggling, "Proxy-Status")).isEqualTo("-");
    }

    private static DataProblem.Rejected said(String state, String message) {
        return new DataProblem.Rejected(state, message, null, null, false);
    }

    @Test
    void aMissingRightIsAnotherStatusWithoutAToken() {
        assertThat(SqlStates.status(rejected("42501", true))).isEqualTo(401);
        assertThat(SqlStates.status(rejected("42501", false))).isEqualTo(403);
    }

    private static DataProblem.Rejected rejected(String state, boolean anonymous) {
        return new DataProblem.Rejected(state, "words", null, null, anonymous);
    }

    private static String body(Problem problem) {
        return RENDERER.render(problem, REQUEST).body().toString();
    }

    private static String header(Problem problem, String name) {
        return RENDERER.render(problem, REQUEST).findHeader(name).orElse("-");
    }

    static Stream<Class<?>> everyKind() {
        List<Class<?>> kinds = new ArrayList<>();
        gather(Problem.class, kinds);
        assertThat(kinds).hasSizeGreaterThan(50);
        return kinds.stream();
    }

    private static void gather(Class<?> type, List<Class<?>> kinds) {
        if (type.isRecord()) {
            kinds.add(type);
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            gather(permitted, kinds);
        }
    }

    private static Problem sample(Class<? extends Problem> kind) throws Exception {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(types).map(RestProblemsTest::value).toArray();
        return kind.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object value(Class<?> type) {
        if (type == String.class) {
            return "12345";
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == long.class || type == Long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(1);
        }
        if (type == Problem.class) {
            return new RequestProblem.PutMalformed();
        }
        return type.isEnum() ? type.getEnumConstants()[0] : List.of();
    }
}
