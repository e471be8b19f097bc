package dev.ashlar.http;

import dev.ashlar.identity.Role;
import dev.ashlar.observe.AccessEntry;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request and its answer, which is sent exactly once whatever happens in between.
///
/// Confined to the event loop of its connection, except for `abandoned`, `whenAbandoned` and what a
/// handler reads.
final class Exchange implements HttpRequest {
    private static final Log LOG = Log.of(Exchange.class);
    private static final Buffer NOTHING = Buffer.buffer(0);

    /// Up to this many bytes an answer is not counted.
    private static final int SMALL_ANSWER = 4 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Serving serving;
    private final OpenConnection connection;
    private final HttpServerRequest request;
    private final Context context;
    private final Thread loop = Thread.currentThread();
    private final String path;
    private final String query;
    private final String id;
    private final long startedAt = System.nanoTime();
    private Buffer body = NOTHING;
    private BodyMemory.@Nullable Share memory;
    private long received;
    private boolean reading;
    private boolean running;
    private @Nullable Future<HttpResponse> handling;
    private final Abandonment abandonment = new Abandonment();
    private boolean refused;
    private @Nullable Pace pace;
    private volatile boolean done;
    private volatile @Nullable Role role;
    private @Nullable ClientAddress caller;

    Exchange(
            Serving serving,
            Context context,
            OpenConnection connection,
            HttpServerRequest request) {
        this.context = context;
        this.serving = serving;
        this.connection = connection;
        this.request = request;
        String target = originForm(request.uri());
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? "" : target.substring(mark + 1);
        this.id = RequestIds.of(request.getHeader("x-request-id"), serving.config());
        if (request.version() == HttpVersion.HTTP_2) {
            nameHost(request);
        }
    }

    /// HTTP/2 has `:authority` where HTTP/1 has `Host`.
    private static void nameHost(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority != null && !request.headers().contains(HttpHeaders.HOST)) {
            request.headers().set(HttpHeaders.HOST, authority.toString());
        }
    }

    HttpServerRequest request() {
        return request;
    }

    /// The target without scheme and host, which clients of proxies send (RFC 9112 section 3.2.2).
    private static String originForm(String target) {
        if (target.startsWith("/") || !target.startsWith("http")) {
            return target;
        }
        int host = target.indexOf("://") + 3;
        int slash = host < 3 ? -1 : target.indexOf('/', host);
        return slash < 0 ? target : target.substring(slash);
    }

    /// Refuses what can be refused by its head, else reads the body and runs the handler.
    void start() {
        Problem problem = Admission.problemWith(request, path, serving.config());
        if (problem != null) {
            refuseAndClose(problem);
            return;
        }
        if (!Admission.hasBody(request)) {
            run();
            return;
        }
        if (Admission.expectsContinue(request)) {
            request.response().writeContinue();
        }
        reading = true;
        pace = new Pace(serving.config().load(), startedAt);
        body = Buffer.buffer(Admission.expectedLength(request));
        request.handler(this::received);
        request.endHandler(_ -> receivedAll());
    }

    private void received(Buffer part) {
        if (done) {
            return;
        }
        received += part.length();
        long limit = serving.config().maxBodySize().bytes();
        BodyMemory.Share share = memory == null ? serving.bodies().share() : memory;
        memory = share;
        if (received > limit) {
            refuseAndClose(new LimitProblem.BodyTooLarge(limit));
        } else if (!share.take(part.length())) {
            refuseAndClose(new LimitProblem.Overloaded(RETRY_AFTER));
        } else {
            body.appendBuffer(part);
        }
    }

    private void receivedAll() {
        reading = false;
        if (done) {
            connection.refusedRestRead();
        } else {
            run();
        }
    }

    private void run() {
        running = true;
        Future<HttpResponse> answer = serving.router().handle(this);
        handling = answer;
        BodyMemory.Share held = memory;
        if (held != null) {
            answer.onComplete((_, _) -> held.giveBack());
        }
        if (answer.succeeded()) {
            answer(answer.result());
        } else {
            answer.onSuccess(this::answerOnLoop);
        }
    }

    /// A handler may complete its future on any thread.
    private void answerOnLoop(HttpResponse response) {
        if (Thread.currentThread() == loop) {
            answer(response);
        } else {
            context.runOnContext(_ -> answer(response));
        }
    }

    private void refuseAndClose(Problem problem) {
        refuseAndClose(problem, problem.code().status());
    }

    private void refuseAndClose(Problem problem, int status) {
        refused = true;
        connection.refusing();
        serving.router()
                .refuse(this, problem)
                .onSuccess(response -> answerOnLoop(response.withStatus(status)));
    }

    private void answer(HttpResponse response) {
        if (done) {
            return;
        }
        int length = response.body().length();
        BodyMemory.Share unread = length > SMALL_ANSWER ? serving.answers().share() : null;
        if (unread != null && !unread.take(length)) {
            serving.router()
                    .refuse(this, new LimitProblem.Overloaded(RETRY_AFTER))
                    .onSuccess(this::answerOnLoop);
            return;
        }
        done = true;
        forgetBody();
        if (handling != null && !handling.isComplete()) {
            abandonment.happen();
        }
        connection.answering(this);
        boolean close = connection.closing() || serving.draining();
        Future<Void> written = write(response, close);
        if (unread != null) {
            written.onComplete((_, _) -> unread.giveBack());
        }
        connection.written(request, written, length);
        if (refused) {
            connection.refused(
                    request,
                    reading ? OpenConnection.Reading.UNDER_WAY : OpenConnection.Reading.NOT_BEGUN,
                    written);
        }
    }

    private Future<Void> write(HttpResponse response, boolean close) {
        try {
            Future<Void> written = Answer.write(request, response, id, close);
            log(response.status(), response.body().length());
            return written;
        } catch (RuntimeException e) {
            LOG.error("Request {}: its answer cannot be written", id, e);
            log(500, 0);
            request.response().headers().clear();
            return Answer.write(request, HttpResponse.empty(500), id, close);
        }
    }

    /// A handler that is still at work has the body in its hands, and gives it back when it ends.
    private void forgetBody() {
        if (!running && memory != null) {
            body = NOTHING;
            memory.giveBack();
        }
    }

    /// The caller went away.
    void abandoned(int status) {
        if (!done) {
            done = true;
            forgetBody();
            abandonment.happen();
            log(status, 0);
        }
    }

    void malformed(Throwable failure) {
        if (done || failure instanceof IOException) {
            return;
        }
        refuseAndClose(new RequestProblem.BodyMalformed("The request is not well-formed HTTP"));
        connection.abort(request);
    }

    void enforceLimits(long now) {
        HttpConfig config = serving.config();
        Duration limit = reading ? config.bodyTimeout() : config.requestTimeout();
        if (!done && reading && pace != null && pace.isTooSlow(received, serving.bodies(), now)) {
            refuseAndClose(new LimitProblem.TimedOut(config.load().stallTimeout()), 408);
        }
        if (done || now - startedAt <= limit.toNanos()) {
            return;
        }
        Problem problem = new LimitProblem.TimedOut(limit);
        // 408: the caller was slow, not we.
        refuseAndClose(problem, reading ? 408 : problem.code().status());
    }

    private void log(int status, long bytes) {
        if (!serving.accessLog().wants(status)) {
            return;
        }
        Role known = role;
        serving.accessLog()
                .add(
                        new AccessEntry(
                                System.currentTimeMillis(),
                                method(),
                                request.uri(),
                                status,
                                bytes,
                                System.nanoTime() - startedAt,
                                id,
                                new AccessEntry.Client(
                                        remoteAddress(),
                                        request.getHeader(HttpHeaders.REFERER),
                                        request.getHeader(HttpHeaders.USER_AGENT)),
                                known == null ? null : known.name()));
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public Optional<String> findHeader(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().getAll(name);
    }

    @Override
    public List<HttpHeader> headers() {
        List<HttpHeader> lines = new ArrayList<>(request.headers().size());
        for (Map.Entry<String, String> line : request.headers()) {
            lines.add(new HttpHeader(line.getKey(), line.getValue()));
        }
        return lines;
    }

    @Override
    public Buffer body() {
        return body;
    }

    @Override
    public String requestId() {
        return id;
    }

    @Override
    public String remoteAddress() {
        // Asked for by every line of the log, which needs no origin.
        return serving.proxies().isEmpty() ? ClientAddress.ofSocket(request) : caller().address();
    }

    @Override
    public String origin() {
        return caller().origin();
    }

    private ClientAddress caller() {
        ClientAddress known = caller;
        if (known == null) {
            known = ClientAddress.of(request, serving.proxies());
            caller = known;
        }
        return known;
    }

    @Override
    public boolean abandoned() {
        return done;
    }

    @Override
    public void whenAbandoned(Runnable action) {
        abandonment.then(action);
    }

    @Override
    public void runsAs(Role role) {
        this.role = role;
    }
}
