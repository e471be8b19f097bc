package dev.ashlar.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request as written cannot be understood or is not allowed in this form.
public sealed interface RequestProblem extends Problem {

    /// A part of the query string does not parse. `position` is a zero-based character offset into
    /// `text`, before which there were `skipped` characters more; `found` is what stands there and
    /// should not, null at the end.
    record Malformed(
            String parameter,
            String text,
            int position,
            int skipped,
            @Nullable Integer found,
            String expected)
            implements RequestProblem {
        public Malformed(String parameter, String text, int position, String expected) {
            this(
                    parameter,
                    text,
                    position,
                    0,
                    position < text.length() ? text.codePointAt(position) : null,
                    expected);
        }

        @Override
        public ErrorCode code() {
            return ErrorCode.QUERY_MALFORMED;
        }
    }

    /// The body is not what its content type says, or not of the shape the endpoint takes.
    record BodyMalformed(String reason) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.BODY_MALFORMED;
        }
    }

    /// None of the media types that the caller accepts can be made here.
    record NotAcceptable(List<String> accepted) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.MEDIA_TYPE_NOT_ACCEPTABLE;
        }
    }

    record ContentTypeUnsupported(String contentType) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.CONTENT_TYPE_UNSUPPORTED;
        }
    }

    record MethodUnsupported(String method) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.METHOD_UNSUPPORTED;
        }
    }

    record RoutineMethod(String method) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ROUTINE_METHOD;
        }
    }

    /// A `Range` header or limit and offset that no row can satisfy; `total` is known when a count
    /// was asked for.
    record RangeUnsatisfiable(long offset, @Nullable Long total, @Nullable String reason)
            implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.RANGE_UNSATISFIABLE;
        }
    }

    /// A bound on the rows that a function affects, which it cannot tell since it returns no set.
    record MaxAffectedOfOne() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.MAX_AFFECTED_OF_ONE;
        }
    }

    record PutMalformed() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PUT_MALFORMED;
        }
    }

    record PutWithPage() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PUT_WITH_PAGE;
        }
    }

    record PutKeyMismatch() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PUT_KEY_MISMATCH;
        }
    }

    record LimitWithoutOrder() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.LIMIT_WITHOUT_ORDER;
        }
    }

    /// A filter, order or page names an embedded resource that `select` does not hold.
    record EmbedNotSelected(String embed) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.EMBED_NOT_SELECTED;
        }
    }

    record OrderNotToOne(String origin, String target) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ORDER_NOT_TO_ONE;
        }
    }

    /// Values of all related rows are spread as arrays, which leaves no rows to aggregate.
    record SpreadAggregateUnsupported() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.FEATURE_UNSUPPORTED;
        }
    }

    record EmbedFilterUnsupported(String embed) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.EMBED_FILTER_UNSUPPORTED;
        }
    }

    record PreferenceInvalid(List<String> invalid) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PREFERENCE_INVALID;
        }
    }

    /// A time zone that is no known one's name and longer than is safe to give to every database.
    record TimeZoneTooLong(int most) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.TIME_ZONE_TOO_LONG;
        }
    }

    record AggregatesDisabled() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.AGGREGATES_DISABLED;
        }
    }

    record FeatureUnsupported(String feature) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.FEATURE_UNSUPPORTED;
        }
    }

    /// What only our own additions to the dialect can refuse.
    sealed interface Extension extends RequestProblem {}

    /// The path of a single row does not hold one value for each column of the primary key.
    record RowAddressMalformed(String table, List<String> key) implements Extension {
        @Override
        public ErrorCode code() {
            return ErrorCode.PATH_INVALID;
        }
    }

    /// What is there now is not what the caller said it changes (RFC 9110, 13.1).
    record PreconditionFailed() implements Extension {
        @Override
        public ErrorCode code() {
            return ErrorCode.PRECONDITION_FAILED;
        }
    }

    /// A cursor that is none, or a read that cannot go on behind a row; `needed` says what it would
    /// take.
    record CursorUnusable(String needed) implements Extension {
        @Override
        public ErrorCode code() {
            return ErrorCode.CURSOR_UNUSABLE;
        }
    }

    /// Whoever asks may not be told what policies make of rows.
    record ExplainRefused(String reason) implements Extension {
        @Override
        public ErrorCode code() {
            return ErrorCode.EXPLAIN_REFUSED;
        }
    }

    /// A question about policies that cannot be answered as it was asked.
    record ExplainUnusable(String reason) implements Extension {
        @Override
        public ErrorCode code() {
            return ErrorCode.EXPLAIN_UNUSABLE;
        }
    }

    /// A part of a batch, by its position from 0, and with it the whole.
    record PartRefused(int part, Problem problem) implements Extension {
        @Override
        public ErrorCode code() {
            return problem.code();
        }
    }

    /// The description of the API at its root is switched off.
    record RootDisabled() implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ROOT_DISABLED;
        }
    }

    /// No endpoint at this path.
    record PathInvalid(String path) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PATH_INVALID;
        }
    }
}
