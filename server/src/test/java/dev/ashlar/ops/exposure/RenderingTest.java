package dev.ashlar.ops.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Verb;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderingTest {

    @Test
    void theMatrixHasALinePerObjectAndAColumnPerRole() {
        String text = text(ReportBuilder.shop().build(), 150);
        assertThat(text)
                .startsWith(
                        """
                                                 anon   authenticated  service_role
                        public.closed            ----   ----           ----
                        public.orders            ----   s--d*          SIUD
                        public.products          S---   S---           ----
                        public.board(integer)    X      -              -
                        storage.buckets/avatars  S---   ----           ----
                        """)
                .contains(
                        """
                        MEDIUM (1)
                          security_definer_function on public.board(integer): anon select
                            It is <so>.
                            Fix: drop table "x" -- & more
                        """)
                .contains("OPEN, AND NOT DECLARED (5)\n  + anon can read")
                .endsWith(
                        "\n3 tables; anonymous callers read 1 and write none; signed-in callers"
                                + " reach rows that are not theirs in 1; 1 finding (1 medium)\n");
    }

    @Test
    void narrowTerminalsCutNamesAndStackRoles() {
        ExposureReport report =
                ReportBuilder.shop()
                        .role("a_role_with_quite_a_long_name")
                        .table("a_table_whose_name_nobody_can_read_in_a_narrow_terminal", "id")
                        .build();
        String text = text(report, 60);
        assertThat(text.lines()).allMatch(line -> line.length() <= 60);
        assertThat(text)
                .contains("public.a_t")
                .contains("…")
                .contains("a_role_with")
                .contains("_name");
        assertThat(text.lines().filter(line -> line.startsWith("public.closed"))).hasSize(2);
        assertThat(text(report, ExposureText.UNLIMITED)).doesNotContain("…");
    }

    @Test
    void whatCouldNotBeTriedIsToldOncePerReason() {
        String text =
                text(
                        ReportBuilder.shop()
                                .notTried("public.orders", "anon", "insert", "a trigger calls out")
                                .notTried("public.closed", "", "", "a trigger calls out")
                                .can("anon", Verb.INSERT, Rows.UNKNOWN, "public.orders")
                                .build(),
                        200);
        assertThat(text)
                .contains("COULD NOT BE TRIED (2)\n")
                .contains("  public.orders anon insert, public.closed: a trigger calls out\n")
                .contains("public.orders            -?--")
                .contains("; in 1 not all could be tried;");
    }

    @Test
    void namesCannotMoveTheCursor() {
        String name = "public.\u001b[2Jx\u202e\ny";
        ExposureReport report =
                new ReportBuilder()
                        .can("anon", Verb.SELECT, Rows.ALL, name)
                        .notTried(name, "anon", "insert", "because\u001b[1m")
                        .build();
        assertThat(text(report, 100))
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("public.\\u001b[2Jx\\u202e y");
    }

    @Test
    void coloursAreAroundWordsAlone() {
        String text =
                ExposureText.of(
                        Review.of(ReportBuilder.shop().build(), Optional.empty()),
                        100,
                        (tone, word) -> "<" + tone + ":" + word + ">");
        assertThat(text)
                .contains("public.products          <OPEN:S--->   <OPEN:S--->           <DIM:---->")
                .contains("public.orders            <DIM:---->   <OWN:s--d*>          SIUD\n");
    }

    @Test
    void anEmptyDatabaseIsSaidToBeOne() {
        assertThat(text(new ReportBuilder().build(), 200))
                .startsWith("Nothing is served")
                .endsWith(
                        "0 tables; anonymous callers read none and write none; signed-in callers"
                                + " reach rows that are not theirs in none; no findings\n");
    }

    @Test
    void jsonIsWhatScriptsRelyOn() throws MalformedJsonException {
        Review review =
                Review.of(
                        ReportBuilder.shop()
                                .notTried("public.orders", "anon", "insert", "why")
                                .build(),
                        Optional.empty());
        JsonObject json = (JsonObject) Json.parse(ExposureJson.of(review));
        assertThat(json.members())
                .containsOnlyKeys(
                        "findings",
                        "matrix",
                        "unprobed",
                        "undeclared",
                        "stale",
                        "declared",
                        "summary");
        assertThat(written(first(json, "findings")))
                .isEqualTo(
                        """
                        {"code":"security_definer_function","severity":"medium",\
                        "object":"public.board(integer)","role":"anon","verbs":["select"],\
                        "columns":[],"message":"It is <so>.","fix":"drop table \\"x\\" -- & more"}\
                        """);
        assertThat(written(first(json, "matrix")))
                .isEqualTo(
                        """
                        {"object":"public.products","role":"anon","verb":"select","rows":"all",\
                        "columns":["id","name"]}\
                        """);
        assertThat(written(first(json, "unprobed")))
                .isEqualTo(
                        """
                        {"object":"public.orders","role":"anon","verb":"insert","reason":"why"}\
                        """);
        assertThat(written(first(json, "undeclared")))
                .contains("\"kind\":\"reach\"", "\"message\":\"anon can read");
    }

    @Test
    void htmlStandsAloneAndEscapesNames() throws NoSuchAlgorithmException {
        String name = "public.<script>alert('1')</script>\"&";
        Review review =
                Review.of(
                        ReportBuilder.shop().can("anon", Verb.SELECT, Rows.ALL, name).build(),
                        Optional.empty());
        String html = ExposureHtml.of(review, "a <b> & {{body}}");
        assertThat(html)
                .contains("a &lt;b&gt; &amp;")
                .contains("public.&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;")
                .doesNotContain("<script>alert")
                .contains("<th scope=\"col\">authenticated</th>", "<th scope=\"row\">public.orders")
                .doesNotContainPattern("(src|href)=")
                .doesNotContain("http:", "https:", "{{style}}", "{{script}}", "{{summary}}");
        String script = html.substring(html.indexOf("<script>") + 8, html.lastIndexOf("</script>"));
        String hash =
                Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(script.getBytes(StandardCharsets.UTF_8)));
        assertThat(html).contains("script-src 'sha256-" + hash + "'");
    }

    private static String text(ExposureReport report, int width) {
        return ExposureText.of(Review.of(report, Optional.empty()), width, Paint.NONE);
    }

    private static JsonValue first(JsonObject json, String member) {
        List<JsonValue> elements = ((JsonArray) json.find(member).orElseThrow()).elements();
        return elements.getFirst();
    }

    private static String written(JsonValue value) {
        return Json.write(value);
    }
}
