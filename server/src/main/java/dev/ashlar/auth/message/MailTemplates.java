package dev.ashlar.auth.message;

import dev.ashlar.auth.config.MailConfig;
import dev.ashlar.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words mail. Each kind has a template in HTML and one in text, ours or a file of the owner's; `{{
/// .Name }}` stands for a value, which is escaped where the form is HTML.
public final class MailTemplates {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}");
    private static final Pattern NAME = Pattern.compile("\\.([A-Za-z]\\w*(?:\\.\\w+)*)");
    private static final MailValues NOTHING =
            new MailValues("", "", "", "", "", "", "", JsonObject.EMPTY);

    private final Map<MailTemplate, Texts> texts = new EnumMap<>(MailTemplate.class);

    private record Texts(String subject, String text, String html) {}

    private MailTemplates() {}

    /// Throws [IllegalArgumentException] for a file that cannot be read, or holds a placeholder
    /// that there is not.
    public static MailTemplates load(MailConfig config) {
        MailTemplates templates = new MailTemplates();
        for (MailTemplate kind : MailTemplate.values()) {
            Texts texts =
                    new Texts(
                            kind.subject(config.subjects()),
                            read(config, kind.file() + ".txt"),
                            read(config, kind.file() + ".html"));
            check("auth.mail.subjects", texts.subject());
            check(kind.file() + ".txt", texts.text());
            check(kind.file() + ".html", texts.html());
            templates.texts.put(kind, texts);
        }
        return templates;
    }

    public Mail write(MailTemplate kind, String to, MailValues values) {
        Texts wording = texts.get(kind);
        if (wording == null) {
            throw new IllegalStateException("no template of " + kind);
        }
        return new Mail(
                to,
                filled(wording.subject(), values, MailTemplates::oneLine),
                filled(wording.text(), values, UnaryOperator.identity()),
                filled(wording.html(), values, MailTemplates::escaped));
    }

    private static String filled(String text, MailValues values, UnaryOperator<String> form) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(form.apply(value(match.group(1), values))));
    }

    private static String value(String written, MailValues values) {
        Matcher name = NAME.matcher(written);
        return name.matches() ? values.find(name.group(1)).orElse("") : "";
    }

    private static void check(String where, String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            Matcher name = NAME.matcher(placeholder.group(1));
            if (!name.matches() || NOTHING.find(name.group(1)).isEmpty()) {
                throw new IllegalArgumentException(
                        "In the mail template "
                                + where
                                + " there is no value for "
                                + placeholder.group());
            }
        }
    }

    private static String read(MailConfig config, String file) {
        Optional<Path> own =
                config.templates().map(folder -> folder.resolve(file)).filter(Files::isRegularFile);
        try {
            if (own.isPresent()) {
                return Files.readString(own.get());
            }
            try (InputStream in = MailTemplates.class.getResourceAsStream("templates/" + file)) {
                if (in == null) {
                    throw new IllegalStateException(file + " is missing");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            if (own.isPresent()) {
                throw new IllegalArgumentException(own.get() + " cannot be read", e);
            }
            throw new UncheckedIOException(e);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
