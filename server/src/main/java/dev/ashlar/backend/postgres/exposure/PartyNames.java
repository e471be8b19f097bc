package dev.ashlar.backend.postgres.exposure;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What the name of a column that holds an account says about that account's part in the row: who
/// did it, or whom it is done to. It decides only which rows are tried in another's name.
enum PartyNames {
    /// `sender_id`, `created_by`.
    DOES,
    /// `user_id`.
    OWNS,
    /// Says neither.
    OTHER,
    /// `recipient_id`, `shared_with`.
    SUFFERS;

    /// Names that people give to the column that says whose a row is, the surest first.
    static final List<String> OWNERS =
            List.of(
                    "user_id",
                    "owner_id",
                    "owner",
                    "userid",
                    "user_uuid",
                    "account_id",
                    "author_id",
                    "author",
                    "created_by",
                    "creator_id",
                    "profile_id",
                    "member_id",
                    "uid",
                    "sub",
                    "user",
                    "customer_id",
                    "sender_id",
                    "uploaded_by");

    private static final Set<String> DOING =
            Set.of(
                    "by",
                    "from",
                    "sender",
                    "author",
                    "creator",
                    "follower",
                    "requester",
                    "inviter",
                    "blocker",
                    "reporter",
                    "reviewer",
                    "voter",
                    "liker",
                    "giver",
                    "donor",
                    "poster",
                    "writer",
                    "uploader",
                    "commenter",
                    "challenger",
                    "referrer",
                    "subscriber",
                    "submitter",
                    "initiator");

    private static final Set<String> SUFFERING =
            Set.of(
                    "to",
                    "with",
                    "for",
                    "recipient",
                    "receiver",
                    "addressee",
                    "target",
                    "followed",
                    "following",
                    "followee",
                    "friend",
                    "contact",
                    "blocked",
                    "reported",
                    "invited",
                    "invitee",
                    "reviewed",
                    "reviewee",
                    "liked",
                    "assignee",
                    "assigned",
                    "other",
                    "mentioned",
                    "referred",
                    "opponent",
                    "challenged");

    static PartyNames of(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        List<String> words =
                Stream.of(column.replaceAll("(?<=[a-z])(?=[A-Z])", "_").split("_", -1))
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        if (words.stream().anyMatch(DOING::contains)) {
            return DOES;
        }
        if (OWNERS.contains(name)) {
            return OWNS;
        }
        return words.stream().anyMatch(SUFFERING::contains) ? SUFFERS : OTHER;
    }

    /// Whether a row that names the caller here, and somebody else there, stands in the other's
    /// name. Where names do not say it plainly it does not.
    boolean clearlyBelow(PartyNames there) {
        return switch (there) {
            case DOES -> this == OTHER || this == SUFFERS;
            case OWNS -> this == SUFFERS;
            case OTHER, SUFFERS -> false;
        };
    }
}
