package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The reference page is true: every request of `docs/reference/data-api.md` is answered as it
/// says, on the tables that it says. `-Dgolden.update=true` writes the answers into it.
class DataApiPageIT {
    private static final Path PAGE = Path.of("../docs/reference/data-api.md");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```\n");

    /// A section's heading, or a request and the answer after it.
    private static final Pattern PART =
            Pattern.compile("(?sm)^## .*?$|^```http\n([A-Z].*?)```\n(?:\n```http\n(\\d.*?)```\n)?");

    private static final List<String> SHOWN =
            List.of("Content-Range", "Location", "Preference-Applied", "Allow", "Link");

    @Test
    void everyRequestIsAnsweredAsThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        List<String> sql = SQL.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(sql).hasSize(2);
        List<String> wrong = new ArrayList<>();
        String written;
        try (RestServing serving = new RestServing(sql.get(0), sql.get(1), 1000)) {
            written =
                    PART.matcher(page)
                            .replaceAll(part ->
                                    Matcher.quoteReplacement(answered(serving, part, wrong)));
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, written);
        } else {
            assertThat(wrong).isEmpty();
            assertThat(PART.matcher(page).results().count()).isGreaterThan(60);
        }
    }

    private static String answered(RestServing serving, MatchResult part, List<String> wrong) {
        if (part.group(1) == null) {
            serving.reset();
            return part.group();
        }
        SentRequest request = request(part.group(1));
        String answer = shown(request, serving.answer("anon", request));
        if (!answer.equals(part.group(2))) {
            wrong.add(part.group(1) + "\n" + answer + "\ninstead of\n" + part.group(2));
        }
        return "```http\n" + part.group(1) + "```\n\n```http\n" + answer + "```\n";
    }

    private static SentRequest request(String text) {
        String[] parts = text.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        String[] first = head.getFirst().split(" ", 2);
        SentRequest request = SentRequest.of(first[0], first[1]);
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(": ", 2);
            request = request.with(header[0], header[1]);
        }
        return request.body(parts.length == 1 ? "" : parts[1].strip());
    }

    private static boolean isCondition(HttpHeader header) {
        return header.name().startsWith("If-");
    }

    private static String shown(SentRequest request, HttpResponse response) {
        StringBuilder out = new StringBuilder().append(response.status()).append('\n');
        for (String name : SHOWN) {
            response.findHeader(name)
                    .ifPresent(value -> out.append(name).append(": ").append(value).append('\n'));
        }
        boolean conditional = request.headers().stream().anyMatch(DataApiPageIT::isCondition);
        if (conditional || !response.findHeader("Content-Range").isPresent()) {
            response.findHeader("ETag")
                    .ifPresent(tag -> out.append("ETag: ").append(tag).append('\n'));
        }
        // The server keeps back the body of an answer to HEAD.
        if (response.body().length() > 0 && !request.method().equals("HEAD")) {
            // Lines of a page do not end in a blank.
            String body = response.body().toString().replace(", \n ", ",\n ");
            out.append('\n').append(body).append('\n');
        }
        return out.toString();
    }
}
