package dev.ashlar.auth.web3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes messages apart as EIP-4361 ("Sign-In with Ethereum") writes them, and as the wallets of
/// Solana have taken it over.
///
/// Strictly: what wallets show and what is read here must be the same. Each field is there once,
/// nothing else is. Of EIP-4361 two things are not asked for, since clients do not write them: a
/// nonce (a message is good once whatever it holds), and capitals in addresses. The fields of
/// Solana's messages have no fixed order among clients.
final class MessageParser {
    private static final int MAX_CHARS = 8_192;
    private static final int MAX_RESOURCES = 50;

    private static final Pattern FIRST =
            Pattern.compile(
                    "(?:([a-z][a-z0-9+.-]{0,30})://)?(\\S{1,260}) wants you to sign in with your"
                            + " (Ethereum|Solana) account:");
    private static final Pattern FIELD = Pattern.compile("([A-Z][A-Za-z ]{1,20}): (.*)");

    /// RFC 3339, `date-time`.
    private static final Pattern TIME =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?"
                            + "(?:[Zz]|[+-]\\d\\d:\\d\\d)");

    /// In the order of EIP-4361.
    private static final List<String> FIELDS =
            List.of(
                    "URI",
                    "Version",
                    "Chain ID",
                    "Nonce",
                    "Issued At",
                    "Expiration Time",
                    "Not Before",
                    "Request ID");

    private static final String RESOURCES = "Resources:";

    private final Chain chain;
    private final List<String> lines;
    private final Map<String, String> fields = new HashMap<>();
    private int next;

    private MessageParser(Chain chain, List<String> lines) {
        this.chain = chain;
        this.lines = lines;
    }

    static WalletMessage parse(Chain chain, String text) throws NotBelieved {
        if (text.length() > MAX_CHARS) {
            throw new NotBelieved("the message is too long");
        }
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x7f)) {
            throw new NotBelieved("the message holds control characters");
        }
        // Solana's wallets may end the message with the address alone, or with a line end.
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return new MessageParser(chain, lines).message();
    }

    private WalletMessage message() throws NotBelieved {
        Matcher first = FIRST.matcher(line());
        if (!first.matches() || !first.group(3).equals(chain.title())) {
            throw new NotBelieved(
                    "the first line must be \"DOMAIN wants you to sign in with your "
                            + chain.title()
                            + " account:\"");
        }
        String address = line();
        if (!line().isEmpty()) {
            throw new NotBelieved("an empty line must follow the address");
        }
        Optional<String> statement = statement();
        while (next < lines.size() && !peek().equals(RESOURCES)) {
            field(line());
        }
        resources();
        if (!require("Version").equals("1")) {
            throw new NotBelieved("Version must be 1");
        }
        requireForm("Nonce", "[A-Za-z0-9]{8,200}");
        requireForm("Chain ID", chain == Chain.ETHEREUM ? "[0-9]{1,40}" : "[A-Za-z0-9:_-]{1,60}");
        requireForm("Request ID", "\\S{0,200}");
        return new WalletMessage(
                chain,
                Optional.ofNullable(first.group(1)),
                first.group(2),
                address,
                statement,
                require("URI"),
                Optional.ofNullable(fields.get("Chain ID")),
                time("Issued At")
                        .orElseThrow(() -> new NotBelieved("the message has no Issued At")),
                time("Expiration Time"),
                time("Not Before"));
    }

    /// One line between empty ones; two empty lines, or one, when there is none.
    private Optional<String> statement() throws NotBelieved {
        if (peek().isEmpty()) {
            next++;
            return Optional.empty();
        }
        if (isField(peek())) {
            return Optional.empty();
        }
        String statement = line();
        if (!line().isEmpty()) {
            throw new NotBelieved("the statement must be one line, and an empty line must follow");
        }
        return Optional.of(statement);
    }

    private static boolean isField(String line) {
        Matcher matcher = FIELD.matcher(line);
        return matcher.matches() && FIELDS.contains(matcher.group(1));
    }

    private void field(String line) throws NotBelieved {
        Matcher matcher = FIELD.matcher(line);
        if (!matcher.matches() || !FIELDS.contains(matcher.group(1))) {
            throw new NotBelieved("the message holds a line that is no field");
        }
        String name = matcher.group(1);
        boolean inOrder =
                chain == Chain.SOLANA
                        || fields.keySet().stream()
                                .allMatch(known -> FIELDS.indexOf(known) < FIELDS.indexOf(name));
        if (!inOrder || fields.containsKey(name)) {
            throw new NotBelieved("the message has " + name + " twice or out of order");
        }
        fields.put(name, matcher.group(2));
    }

    private void resources() throws NotBelieved {
        if (next == lines.size()) {
            return;
        }
        next++;
        if (lines.size() - next > MAX_RESOURCES) {
            throw new NotBelieved("the message has too many resources");
        }
        for (; next < lines.size(); next++) {
            if (!lines.get(next).matches("- \\S+")) {
                throw new NotBelieved("each line of the resources must be \"- \" and a URI");
            }
        }
    }

    private String line() throws NotBelieved {
        String line = peek();
        next++;
        return line;
    }

    private String peek() throws NotBelieved {
        if (next >= lines.size()) {
            throw new NotBelieved("the message ends too early");
        }
        return lines.get(next);
    }

    private String require(String name) throws NotBelieved {
        String value = fields.get(name);
        if (value == null) {
            throw new NotBelieved("the message has no " + name);
        }
        return value;
    }

    private void requireForm(String name, String form) throws NotBelieved {
        String value = fields.get(name);
        if (value != null && !value.matches(form)) {
            throw new NotBelieved(name + " is malformed");
        }
    }

    private Optional<Instant> time(String name) throws NotBelieved {
        String text = fields.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            if (TIME.matcher(text).matches()) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
        } catch (DateTimeException _) {
            // Answered below.
        }
        throw new NotBelieved(name + " is no time of RFC 3339");
    }
}
