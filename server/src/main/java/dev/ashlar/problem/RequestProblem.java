package dev.ashlar.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request as written cannot be understood or is not allowed in this form.
public sealed interface RequestProblem extends Problem {

    /// A part of the query string does not parse. `position` is a zero-based character offset into
    /// `text`.
    record Malformed(String parameter, String text, int position, String expected)
            implements RequestProblem {
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

    record SpreadNotToOne(String origin, String target) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.SPREAD_NOT_TO_ONE;
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

    /// No endpoint at this path.
    record PathInvalid(String path) implements RequestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PATH_INVALID;
        }
    }
}
