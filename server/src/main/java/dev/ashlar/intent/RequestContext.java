package dev.ashlar.intent;

/// What the database's code may ask about the request that it serves (PostgREST's reference,
/// "Transaction-Scoped Settings"). Worked out only when it does.
public interface RequestContext {
    /// Of no request at all.
    RequestContext NONE = new Nothing();

    String method();

    String path();

    /// A JSON object of texts, names in lower case.
    String headers();

    /// A JSON object of texts.
    String cookies();

    /// See [#NONE].
    record Nothing() implements RequestContext {
        @Override
        public String method() {
            return "";
        }

        @Override
        public String path() {
            return "";
        }

        @Override
        public String headers() {
            return "{}";
        }

        @Override
        public String cookies() {
            return "{}";
        }
    }
}
