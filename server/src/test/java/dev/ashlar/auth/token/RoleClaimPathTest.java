package dev.ashlar.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleClaimPathTest {
    private static final String CLAIMS =
            """
            {"role": "plain", "$odd": "dollar",
             "app": {"roles": ["other", "app_author", "app_editor"], "wlcg": ["/a", "/b/"]},
             "https://x.example/role": {"key": "quoted"},
             "list": [{"name": "one", "main": "no"}, {"name": "two", "main": "yes"}],
             "number": 1, "nothing": null}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "role ~ plain",
                ".role ~ plain",
                ".$odd ~ dollar",
                ".app.roles[1] ~ app_author",
                ".app.roles[-1] ~ app_editor",
                ".\"https://x.example/role\".key ~ quoted",
                ".app.roles[?(@ == \"app_author\")] ~ app_author",
                ".app.roles[?(@ != \"other\")] ~ app_author",
                ".app.roles[?(@ ^== \"app_e\")] ~ app_editor",
                ".app.roles[?(@ ==^ \"hor\")] ~ app_author",
                ".app.roles[?(@ *== \"edit\")] ~ app_editor",
                ".app.roles[?(@ ^== \"app_\")][4:] ~ author",
                ".app.wlcg[0][1:] ~ a",
                ".app.wlcg[1][1:-1] ~ b",
                ".role[:2] ~ pl",
                ".role[:] ~ plain",
                "$.role ~ plain",
                "$['role'] ~ plain",
                "$[\"https://x.example/role\"].key ~ quoted",
                "$.app.roles[1:] ~ app_author",
                "$.app.roles[?@ == 'app_editor'] ~ app_editor",
                "$.app.roles[?search(@, \"^app_e\")] ~ app_editor",
                "$.app.roles[?match(@, 'app_.*')] ~ app_author",
                "$.list[?@.main == 'yes'].name ~ two",
                "$.list[?@['main']==\"yes\"].name ~ two"
            })
    void findsTheRole(String path, String role) throws MalformedJsonException {
        assertThat(RoleClaimPath.parse(path).find(claims())).contains(new JsonString(role));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".none",
                ".role.deeper",
                ".role[0]",
                ".app.roles[3]",
                ".app.roles[-4]",
                ".app.roles[?(@ == \"admin\")]",
                ".role[11:2]",
                ".nothing",
                ".number[0:1]",
                "$.app.roles[?match(@, 'app')]"
            })
    void findsNothingWhereNothingIs(String path) throws MalformedJsonException {
        assertThat(RoleClaimPath.parse(path).find(claims())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "$",
                "..role",
                ".role.",
                ".role[",
                ".role[]",
                ".role[x]",
                ".role[1",
                ".role[1.5]",
                ".role[--1]",
                ".role[9999999]",
                ".role]",
                ".\"role",
                ".roles[?]",
                ".roles[?(@)]",
                ".roles[?(@ == role)]",
                ".roles[?(@ === \"a\")]",
                ".roles[?(@ == \"a\"]",
                ".roles[?@ ~ \"a\"]",
                "$.roles[?search(@)]",
                "$.roles[?search(@, \"(\")]",
                "$.roles[?length(@, \"a\")]",
                "$role.x y"
            })
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> RoleClaimPath.parse(path))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathLeadsToOneRoleOnly() throws MalformedJsonException {
        assertThat(RoleClaimPath.parse(".app.roles[0:2]").find(claims()))
                .contains(new JsonString("other"));
    }

    private static JsonObject claims() throws MalformedJsonException {
        return (JsonObject) Json.parse(CLAIMS);
    }
}
