package dev.ashlar.intent;

/// What the database's code may ask about the request that it serves (PostgREST's reference,
/// "Transaction-Scoped Settings"), worked out only when it does; and whether somebody still waits.
public interface RequestContext {
    /// Of no request at all.
    RequestContext NONE = new Nothing();

    String method();

    String path();

    /// A JSON object of texts, names in lower case.
    String headers();

    /// A JSON object of texts.
    String cookies();

    /// True once nobody waits for the answer any more.
    boolean abandoned();

    /// Runs the action once nobody waits for the answer any more, on the thread that finds out; at
    /// once when that is so already. Never when the request was answered.
    void whenAbandoned(Runnable action);

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

        @Override
        public boolean abandoned() {
            return false;
        }

        @Override
        public void whenAbandoned(Runnable action) {}
    }
}
