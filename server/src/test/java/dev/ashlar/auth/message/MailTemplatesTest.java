package dev.ashlar.auth.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.auth.config.MailConfig;
import dev.ashlar.config.Binder;
import dev.ashlar.config.ConfigSources;
import dev.ashlar.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTemplatesTest {
    private static final MailValues VALUES =
            new MailValues(
                    "http://x.example/verify?token=a&type=signup",
                    "123456",
                    "hash",
                    "https://site.example/",
                    "https://site.example/to",
                    "ada@x.example",
                    "new@x.example",
                    new JsonObjectBuilder()
                            .put("name", "<script>\"Ada\" & '$1'\r\nBcc: all@x.example")
                            .put("deep", new JsonObjectBuilder().put("n", 3).build())
                            .build());

    record Sections(MailConfig mail) {}

    private static MailTemplates templates(Map<String, String> flags) {
        Path here = Path.of("").toAbsolutePath();
        return MailTemplates.load(
                Binder.bind(
                                Sections.class,
                                new ConfigSources(
                                        flags,
                                        Map.of(),
                                        Optional.empty(),
                                        Map.of(),
                                        Set.of(),
                                        new ConfigSources.Folders(here, here)))
                        .config()
                        .mail());
    }

    @Test
    void everyKindHasBothFormsAndWhatItTakesToGoOn() {
        MailTemplates templates = templates(Map.of());
        for (MailTemplate kind : MailTemplate.values()) {
            Mail mail = templates.write(kind, "ada@x.example", VALUES);
            assertThat(mail.subject()).isNotBlank().doesNotContain("{{");
            // A notice tells of what has happened: there is nothing to go on with.
            String goesOn = kind.name().endsWith("_NOTIFICATION") ? "site.example" : "123456";
            assertThat(mail.text()).contains(goesOn).doesNotContain("{{");
            assertThat(mail.html()).contains(goesOn).doesNotContain("{{");
            if (kind.name().endsWith("_NOTIFICATION")) {
                assertThat(mail.html()).doesNotContain("href", "123456");
            } else if (kind != MailTemplate.REAUTHENTICATION) {
                assertThat(mail.text()).contains("verify?token=a&type=signup");
                assertThat(mail.html())
                        .contains("href=\"http://x.example/verify?token=a&amp;type=signup\"");
            }
            assertThat(mail.toString()).doesNotContain("123456");
        }
    }

    @Test
    void theOwnersFilesComeFirstAndValuesAreEscaped(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("confirmation.html"),
                "<p>{{ .Data.name }} {{.Data.deep.n}} {{ .Data.none }}{{- .NewEmail -}}</p>");
        Files.writeString(folder.resolve("confirmation.txt"), "{{ .Data.name }} {{ .TokenHash }}");
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("mail.templates", folder.toString());
        flags.put("mail.subjects.confirmation", "Hello {{ .Data.name }}");
        Mail mail = templates(flags).write(MailTemplate.CONFIRMATION, "ada@x.example", VALUES);
        assertThat(mail.html())
                .isEqualTo(
                        "<p>&lt;script&gt;&quot;Ada&quot; &amp; &#39;$1&#39;\r\nBcc: all@x.example 3"
                                + " new@x.example</p>");
        assertThat(mail.text()).contains("<script>\"Ada\" & '$1'").endsWith("hash");
        assertThat(mail.subject()).startsWith("Hello <script>").doesNotContain("\r", "\n");
        Mail other = templates(flags).write(MailTemplate.INVITE, "ada@x.example", VALUES);
        assertThat(other.text()).contains("invited");
    }

    @Test
    void placeholdersThatThereAreNotStopTheStart(@TempDir Path folder) throws IOException {
        for (String wrong : new String[] {"{{ .Nothing }}", "{{ if .Email }}", "{{ Email }}"}) {
            Files.writeString(folder.resolve("invite.html"), wrong);
            assertThatThrownBy(() -> templates(Map.of("mail.templates", folder.toString())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("invite.html")
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void whatPeopleWriteThemselvesIsCutShort() {
        MailValues values =
                new MailValues(
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        new JsonObjectBuilder().put("x", "y".repeat(1_000)).build());
        assertThat(values.find("Data.x").orElseThrow()).hasSize(200);
    }
}
