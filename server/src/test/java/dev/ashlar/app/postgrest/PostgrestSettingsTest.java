package dev.ashlar.app.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgrestSettingsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "db-schema,db-schemas",
        "max-rows,db-max-rows",
        "pre-request,db-pre-request",
        "root-spec,db-root-spec",
        "role-claim-key,jwt-role-claim-key",
        "secret-is-base64,jwt-secret-is-base64",
        "server-proxy-uri,openapi-server-proxy-uri"
    })
    void namesOfEarlierVersionsHold(String old, String present) {
        PostgrestSettings settings = PostgrestSettings.of(old + " = \"x\"", Map.of());
        assertThat(settings.find(present)).hasValue("x");
    }

    @Test
    void theLastSourceWins() {
        PostgrestSettings settings =
                PostgrestSettings.of(
                        "db-schemas = \"a\"\ndb-anon-role = \"web\"\nserver-port = 1",
                        Map.of("PGRST_DB_SCHEMAS", "b", "PGRST_DB_ANON_ROLE", "anon"));
        PostgrestSettings all = settings.with(Map.of("db_schemas", "c"));
        assertThat(all.find("db-schemas")).hasValue("c");
        assertThat(all.find("db-anon-role")).hasValue("anon");
        assertThat(all.flags()).containsEntry("http.port", "1");
    }

    @Test
    void settingsOfTheApplicationKeepTheirNames() {
        PostgrestSettings settings =
                PostgrestSettings.of(
                        "app.settings.Key = \"1\"", Map.of("PGRST_APP_SETTINGS_OTHER", "2"));
        assertThat(settings.appSettings())
                .containsOnly(
                        Map.entry("app.settings.Key", "1"), Map.entry("app.settings.other", "2"));
    }

    @Test
    void flagsAreTrueOrFalse() {
        PostgrestSettings settings =
                PostgrestSettings.of(
                        "", Map.of("PGRST_DB_CONFIG", "maybe", "PGRST_DB_CHANNEL_ENABLED", "No"));
        assertThat(settings.flag("db-channel-enabled")).isFalse();
        assertThat(settings.flag("db-prepared-statements")).isTrue();
        assertThatThrownBy(() -> settings.flag("db-config"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("db-config");
    }

    @Test
    void secretsMayBeInFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "from-a-file\n");
        PostgrestSettings settings =
                PostgrestSettings.of("", Map.of("PGRST_JWT_SECRET", "@" + file));
        assertThat(settings.jwtSecret().orElseThrow().reveal()).isEqualTo("from-a-file");
        PostgrestSettings none =
                PostgrestSettings.of("", Map.of("PGRST_JWT_SECRET", "@" + file + "-none"));
        assertThatThrownBy(none::jwtSecret).hasMessageContaining("secret-none");
    }

    @Test
    void whatIsDumpedReadsBackTheSame() {
        PostgrestSettings settings =
                PostgrestSettings.of(
                        "db-schemas = \"a, b\"\ndb-max-rows = 7",
                        Map.of(
                                "PGRST_JWT_SECRET", "a \"$quoted$\" \\ secret",
                                "PGRST_APP_SETTINGS_KEY", "two\nlines"));
        String dump = SettingsText.dump(settings);
        assertThat(dump)
                .contains("db-schemas = \"a,b\"\n", "db-max-rows = 7\n", "db-anon-role = \"\"\n")
                .contains("server-port = 3000\n", "jwt-role-claim-key = \"$$.role\"\n")
                .contains("jwt-cache-max-entries = 1000\n", "log-query = false\n")
                .contains("admin-server-host = \"!4\"\nadmin-server-port = \"\"\n");
        PostgrestSettings again = PostgrestSettings.of(dump, Map.of());
        assertThat(SettingsText.dump(again)).isEqualTo(dump);
        assertThat(again.jwtSecret().orElseThrow().reveal()).isEqualTo("a \"$quoted$\" \\ secret");
        assertThat(again.appSettings()).isEqualTo(settings.appSettings());
    }

    @Test
    void filesAreDumpedWithWhatIsInThem() throws IOException {
        Path file = Files.writeString(folder.resolve("uri"), "postgres://ada@/shop\n");
        PostgrestSettings settings = PostgrestSettings.of("", Map.of("PGRST_DB_URI", "@" + file));
        assertThat(SettingsText.dump(settings)).contains("db-uri = \"postgres://ada@/shop\"\n");
    }

    @Test
    void theNetworkIsToldNoSecrets() {
        String file =
                "app.settings.key = \"hush\"\ndb-uri = \"postgres://ada:hush@here:1/shop?x=1\"";
        PostgrestSettings settings =
                PostgrestSettings.of(file, Map.of("PGRST_JWT_SECRET", "hush".repeat(8)));
        assertThat(SettingsText.withoutSecrets(settings))
                .doesNotContain("hush")
                .contains("db-uri = \"postgres://ada:***@here:1/shop?x=1\"\n")
                .contains("jwt-secret = \"***\"\n", "app.settings.key = \"***\"\n");
        assertThat(
                        SettingsText.withoutSecrets(
                                PostgrestSettings.of(
                                        "db-uri = \"host=a password='hu sh' user=b\"", Map.of())))
                .contains("db-uri = \"host=a password=*** user=b\"\n");
    }

    @Test
    void theExtraSearchPathMayBeEmpty() {
        assertThat(PostgrestSettings.of("", Map.of()).list("db-extra-search-path"))
                .containsExactly("public");
        assertThat(PostgrestSettings.of("", Map.of("PGRST_DB_EXTRA_SEARCH_PATH", "")).flags())
                .containsEntry("database.search-path", "");
    }

    @Test
    void theExampleIsAConfigurationFileOfComments() {
        String example = SettingsText.example();
        assertThat(example).contains("# db-uri = \"postgresql://\"");
        assertThat(ConfigFile.parse(example, Map.of())).isEmpty();
        assertThat(ConfigFile.parse(example.replaceAll("(?m)^# ", ""), Map.of()))
                .hasSize(PostgrestKeys.ALL.size());
    }

    @Test
    void addressesOfPostgrestsOwn() {
        assertThat(PostgrestSettings.of("", Map.of()).flags())
                .containsEntry("http.host", "0.0.0.0");
        assertThat(PostgrestSettings.of("server-host = \"*6\"", Map.of()).flags())
                .containsEntry("http.host", "::");
    }
}
