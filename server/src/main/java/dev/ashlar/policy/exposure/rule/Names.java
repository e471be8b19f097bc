package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Column;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What names tell about what a column or table holds. They tell nothing for certain, so findings
/// that rest on them say so.
final class Names {
    private static final Set<String> SECRET_WORDS =
            Set.of(
                    "password",
                    "passwd",
                    "pwd",
                    "passphrase",
                    "passcode",
                    "secret",
                    "apikey",
                    "token",
                    "ssn",
                    "cvv",
                    "cvc",
                    "iban",
                    "salt",
                    "otp",
                    "totp",
                    "credential",
                    "credentials",
                    "passwords",
                    "privatekey",
                    "hashedpassword",
                    "passwordhash",
                    "creditcard",
                    "pin",
                    "accesskey",
                    "secretkey",
                    "mnemonic");

    private static final Set<String> SECRET_PAIRS =
            Set.of(
                    "api_key",
                    "private_key",
                    "secret_key",
                    "access_key",
                    "service_key",
                    "encryption_key",
                    "signing_key",
                    "credit_card",
                    "card_number",
                    "cc_number",
                    "account_number",
                    "bank_account",
                    "routing_number",
                    "social_security",
                    "recovery_code",
                    "recovery_key",
                    "backup_code",
                    "mfa_key",
                    "seed_phrase",
                    "security_answer",
                    "webhook_key",
                    "license_key",
                    "national_id",
                    "tax_id",
                    "passport_number",
                    "passport_no",
                    "connection_string",
                    "database_url",
                    "otp_code",
                    "ssn_number",
                    "iban_number");

    /// A word after or before which a secret's name is a figure, a time or a label instead.
    private static final Set<String> ABOUT =
            Set.of(
                    "count",
                    "counts",
                    "at",
                    "on",
                    "used",
                    "usage",
                    "limit",
                    "limits",
                    "total",
                    "type",
                    "kind",
                    "name",
                    "names",
                    "length",
                    "changed",
                    "updated",
                    "created",
                    "expires",
                    "expiry",
                    "expiration",
                    "expired",
                    "is",
                    "has",
                    "num",
                    "number",
                    "max",
                    "min",
                    "santa",
                    "required",
                    "enabled",
                    "hint",
                    "version",
                    "size",
                    "cost",
                    "price",
                    "per",
                    "status",
                    "address",
                    "symbol",
                    "balance",
                    "supply",
                    "attempts",
                    "strength",
                    "policy",
                    "rotated",
                    "prompt",
                    "completion",
                    "input",
                    "output",
                    "id",
                    "ids",
                    "date",
                    "level",
                    "board",
                    "code");

    private static final Set<String> OWN_SECRET_WORDS =
            Set.of(
                    "password",
                    "passwd",
                    "pwd",
                    "salt",
                    "otp",
                    "totp",
                    "recovery",
                    "passcode",
                    "passphrase",
                    "hash",
                    "mfa",
                    "pin",
                    "private");

    private static final Set<String> PERSONAL_WORDS =
            Set.of(
                    "email",
                    "mail",
                    "phone",
                    "mobile",
                    "telephone",
                    "birthday",
                    "birthdate",
                    "dob",
                    "passport",
                    "salary",
                    "income",
                    "diagnosis",
                    "medical",
                    "ip",
                    "whatsapp",
                    "religion",
                    "ethnicity",
                    "disability");

    private static final Set<String> PERSONAL_PAIRS =
            Set.of(
                    "home_address",
                    "street_address",
                    "postal_address",
                    "address_line",
                    "billing_address",
                    "shipping_address",
                    "date_of_birth",
                    "birth_date",
                    "e_mail",
                    "tax_number",
                    "id_number",
                    "license_number",
                    "home_phone",
                    "street");

    private static final Set<String> ABOUT_PERSONAL =
            Set.of(
                    "verified",
                    "confirmed",
                    "at",
                    "count",
                    "is",
                    "has",
                    "enabled",
                    "sent",
                    "template",
                    "notifications",
                    "type",
                    "opt",
                    "wants",
                    "subject",
                    "body",
                    "preferences",
                    "id",
                    "status",
                    "domain",
                    "digest",
                    "alerts",
                    "frequency",
                    "settings",
                    "visible",
                    "public",
                    "show");

    private static final Set<String> ORGANISATIONS =
            Set.of(
                    "company",
                    "shop",
                    "store",
                    "restaurant",
                    "venue",
                    "location",
                    "office",
                    "branch",
                    "supplier",
                    "hospital",
                    "school",
                    "organization",
                    "organisation",
                    "business",
                    "vendor",
                    "clinic",
                    "hotel",
                    "place",
                    "setting",
                    "site",
                    "event",
                    "publisher",
                    "university",
                    "agency",
                    "department",
                    "brand",
                    "partner",
                    "country");

    private static final Set<String> PRIVATE_WORDS =
            Set.of(
                    "invoice",
                    "document",
                    "private",
                    "passport",
                    "id",
                    "backup",
                    "contract",
                    "medical",
                    "kyc",
                    "tax",
                    "confidential",
                    "secret",
                    "internal",
                    "receipt",
                    "statement",
                    "payslip",
                    "identity",
                    "export",
                    "patient",
                    "health",
                    "legal",
                    "personal",
                    "resume",
                    "cv",
                    "bank",
                    "license",
                    "licence",
                    "scan",
                    "report");

    private static final Set<String> PRIVATE_TABLES =
            Set.of(
                    "order",
                    "payment",
                    "invoice",
                    "message",
                    "patient",
                    "salary",
                    "payroll",
                    "customer",
                    "subscriber",
                    "lead",
                    "contact",
                    "transaction",
                    "session",
                    "secret",
                    "credential",
                    "medical",
                    "diagnosis",
                    "employee",
                    "applicant",
                    "document",
                    "contract",
                    "health",
                    "booking",
                    "appointment",
                    "subscription",
                    "todo",
                    "task",
                    "note",
                    "diary",
                    "journal",
                    "card",
                    "wallet",
                    "bank",
                    "private",
                    "notification",
                    "chat",
                    "conversation",
                    "address",
                    "prescription",
                    "loan",
                    "purchase",
                    "ticket",
                    "log",
                    "audit",
                    "invitation",
                    "invite",
                    "expense",
                    "budget",
                    "letter",
                    "draft");

    /// What people make for others to see.
    private static final Set<String> CONTENT =
            Set.of(
                    "post",
                    "article",
                    "comment",
                    "review",
                    "recipe",
                    "photo",
                    "video",
                    "product",
                    "listing",
                    "event",
                    "rating",
                    "like",
                    "follow",
                    "reaction",
                    "tag",
                    "topic",
                    "thread",
                    "question",
                    "answer",
                    "page",
                    "story",
                    "episode",
                    "song",
                    "album",
                    "course",
                    "lesson",
                    "score",
                    "leaderboard",
                    "badge",
                    "achievement",
                    "forum",
                    "blog",
                    "new",
                    "news",
                    "image",
                    "gallery",
                    "portfolio",
                    "offer",
                    "ad",
                    "auction",
                    "bid",
                    "game",
                    "team",
                    "club",
                    "group",
                    "poll",
                    "vote",
                    "snippet",
                    "template",
                    "collection",
                    "tweet",
                    "reply",
                    "profile",
                    "team_member",
                    "gig",
                    "job",
                    "skill",
                    "playlist",
                    "quote",
                    "guide",
                    "package",
                    "plugin",
                    "map",
                    "place",
                    "pet");

    private static final Set<String> AUTHORS =
            Set.of(
                    "author",
                    "author_id",
                    "creator",
                    "creator_id",
                    "created_by",
                    "seller_id",
                    "host_id",
                    "publisher_id",
                    "organizer_id",
                    "organiser_id",
                    "posted_by",
                    "editor",
                    "editor_id",
                    "seller",
                    "host",
                    "writer_id");

    private static final Pattern SECRET_PAIR = anyOf(SECRET_PAIRS);
    private static final Pattern PERSONAL_PAIR = anyOf(PERSONAL_PAIRS);

    private Names() {}

    /// Whether a column of that name and type may hold a secret.
    static boolean secret(Column column) {
        if (!text(column) || Words.joined(column.name()).startsWith("public")) {
            return false;
        }
        List<String> words = Words.of(column.name());
        String joined = String.join("_", words);
        if (SECRET_PAIR.matcher(joined).find()) {
            return !about(words, Set.of("at", "count", "type", "is", "has", "last", "last4"));
        }
        boolean named =
                words.stream().anyMatch(SECRET_WORDS::contains)
                        || (words.contains("tokens") && words.size() > 1)
                        || words.contains("secrets");
        return named && !about(words, ABOUT);
    }

    /// Whether not even its owner should read it: what is checked, never shown.
    static boolean secretFromOwner(String column) {
        return Words.any(column, OWN_SECRET_WORDS);
    }

    static boolean personal(Column column) {
        List<String> words = Words.of(column.name());
        String joined = String.join("_", words);
        boolean named =
                Words.any(column.name(), PERSONAL_WORDS)
                        || joined.equals("address")
                        || PERSONAL_PAIR.matcher(joined).find();
        return named && column.category() != 'B' && !about(words, ABOUT_PERSONAL);
    }

    /// Of rows that are about firms and places, whose addresses are meant to be found.
    static boolean organisations(String table) {
        return Words.any(table, ORGANISATIONS);
    }

    static boolean privateTable(String table) {
        return Words.any(table, PRIVATE_TABLES);
    }

    static boolean content(String table) {
        return Words.any(table, CONTENT);
    }

    /// A column that names who made what others read, rather than whose it is.
    static boolean author(String column) {
        return AUTHORS.contains(Words.joined(column));
    }

    static boolean privateBucket(String bucket) {
        return Words.any(bucket, PRIVATE_WORDS);
    }

    private static boolean about(List<String> words, Set<String> others) {
        return words.stream().anyMatch(others::contains);
    }

    /// One of several words after one another, in the plural too.
    private static Pattern anyOf(Set<String> pairs) {
        return Pattern.compile("(?:^|_)(?:" + String.join("|", pairs) + ")(?:e?s)?(?:_|$)");
    }

    /// Text, bytes, JSON and lists of them; figures, times and flags hold no secrets.
    private static boolean text(Column column) {
        return switch (column.category()) {
            case 'S', 'U', 'A', 'X', ' ' -> true;
            case 'N' ->
                    Words.any(column.name(), Set.of("ssn", "cvv", "pin", "iban", "card", "otp"));
            default -> false;
        };
    }
}
