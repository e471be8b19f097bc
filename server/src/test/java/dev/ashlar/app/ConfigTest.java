package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.Bound;
import dev.ashlar.config.ConfigReference;
import dev.ashlar.config.ConfigSchema;
import dev.ashlar.config.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir Path folder;

    @Test
    void runsWithNothingAtAll() {
        Config config = load(Map.of(), Map.of());
        assertThat(config.http().port()).isEqualTo(8000);
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.data().dir()).isEqualTo(folder.resolve("data"));
        assertThat(config.database().url()).isEmpty();
        assertThat(config.rest().schemas()).containsExactly("public");
        assertThat(config.auth().jwtSecret()).isEmpty();
    }

    @Test
    void platformNamesAreHonouredBelowOurOwn() {
        Map<String, String> heroku = Map.of("PORT", "5000", "DATABASE_URL", "postgres://u:p@h/d");
        assertThat(load(Map.of(), heroku).http().port()).isEqualTo(5000);
        assertThat(load(Map.of(), heroku).database().url()).isPresent();
        assertThat(load(Map.of(), Map.of("PORT", "5000", "ASHLAR_HTTP_PORT", "6000")).http().port())
                .isEqualTo(6000);
        assertThat(load(Map.of(), Map.of("ASHLAR_DATA_DIR", "/var/x")).data().dir())
                .isEqualTo(Path.of("/var/x"));
        assertThat(
                        load(Map.of(), Map.of("ASHLAR_JWT_SECRET", "s".repeat(40)))
                                .auth()
                                .jwtSecret()
                                .orElseThrow()
                                .reveal())
                .hasSize(40);
    }

    @Test
    void variablesOfTheLauncherAreNoSettings() {
        Map<String, String> environment =
                Map.of("ASHLAR_JAVA_HOME", "/x", "ASHLAR_JAVA_OPTS", "-Xmx1g", "ASHLAR_HOME", "/y");
        assertThat(load(Map.of(), environment)).isNotNull();
    }

    @Test
    void everyDefaultCanBeWrittenDownAndReadAgain() {
        Bound<Config> bound = Config.load(project(), Map.of(), Map.of());
        for (Bound.Effective line : bound.effective()) {
            String key = line.key().name();
            if (!line.shown().isEmpty()) {
                Bound<Config> again = Config.load(project(), Map.of(key, line.shown()), Map.of());
                assertThat(again.effective())
                        .as(key)
                        .anyMatch(other ->
                                other.key().name().equals(key)
                                        && other.shown().equals(line.shown()));
            }
        }
    }

    @Test
    void everySettingIsDescribedInASentence() {
        for (SettingKey key : ConfigSchema.of(Config.class).keys()) {
            assertThat(key.doc()).as(key.name()).endsWith(".").hasSizeGreaterThan(15);
            assertThat(key.name()).matches("[a-z]+(\\.[a-z][a-z0-9-]*)+");
        }
    }

    @Test
    void aliasesNameSettings() {
        for (String key : Config.ALIASES.values()) {
            assertThat(ConfigSchema.of(Config.class).find(key)).as(key).isPresent();
        }
    }

    /// `./ashlar config reference > docs/reference/configuration.md` brings it up to date.
    @Test
    void theReferenceIsUpToDate() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path project = Files.isDirectory(here.resolve("src/main")) ? here.resolve("..") : here;
        assertThat(project.resolve("docs/reference/configuration.md"))
                .content()
                .isEqualTo(ConfigReference.markdown(Config.class, Config.ALIASES));
    }

    private Config load(Map<String, String> flags, Map<String, String> environment) {
        return Config.load(project(), flags, environment).config();
    }

    private Project project() {
        return new Project(folder, folder, folder, Optional.empty());
    }
}
