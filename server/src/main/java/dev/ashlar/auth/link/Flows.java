package dev.ashlar.auth.link;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// PKCE flows: begun with a challenge, answered with a code, which is exchanged once for a session.
/// Of a code its hash is stored. What a foreign provider gives is kept beside the flow by its id.
public final class Flows {
    private final FlowStateStore store;
    private final AuthConfig config;

    public Flows(FlowStateStore store, AuthConfig config) {
        this.store = store;
        this.config = config;
    }

    /// What came of an exchange. All are to be committed: also a code that came with the wrong
    /// verifier is used up.
    public sealed interface Exchange {
        record Exchanged(FlowState flow, UUID account) implements Exchange {}

        record Failed(AuthProblem problem) implements Exchange {}
    }

    /// `account` is empty while nobody knows who will come back.
    public FlowState begin(
            SqlTransaction tx,
            Optional<UUID> account,
            CodeChallenge challenge,
            String provider,
            String method,
            Instant now) {
        FlowState flow =
                new FlowState(
                        UUID.randomUUID(),
                        account,
                        challenge,
                        provider,
                        method,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        store.insert(tx, flow);
        return flow;
    }

    public Optional<FlowState> find(SqlTransaction tx, UUID id) {
        return store.find(tx, id);
    }

    /// The code with which the client gets its session; empty when the flow has given one out
    /// before, or is gone.
    public Optional<String> issueCode(SqlTransaction tx, UUID flow, UUID account, Instant now) {
        String code = OneTimeSecret.next();
        return store.issue(tx, flow, account, OneTimeSecret.hash(code), now)
                ? Optional.of(code)
                : Optional.empty();
    }

    /// What a provider gave waits beside the flow, sealed, until the client has its session.
    public void keep(SqlTransaction tx, UUID flow, String sealedTokens) {
        store.keep(tx, flow, sealedTokens);
    }

    /// The session that comes of the flow ends then at the latest.
    public void endSessionAt(SqlTransaction tx, UUID flow, Instant end) {
        store.endSessionAt(tx, flow, end);
    }

    public Exchange exchange(SqlTransaction tx, String code, String verifier, Instant now) {
        Optional<FlowState> taken = store.take(tx, OneTimeSecret.hash(code));
        if (taken.isEmpty() || taken.get().account().isEmpty()) {
            return new Exchange.Failed(new Refused(ErrorCode.FLOW_STATE_NOT_FOUND));
        }
        FlowState flow = taken.get();
        Instant end = flow.codeIssuedAt().orElse(flow.createdAt()).plus(config.flowLifetime());
        if (!now.isBefore(end)) {
            return new Exchange.Failed(new Refused(ErrorCode.FLOW_STATE_EXPIRED));
        }
        return flow.challenge().isMetBy(verifier)
                ? new Exchange.Exchanged(flow, flow.account().get())
                : new Exchange.Failed(new Refused(ErrorCode.BAD_CODE_VERIFIER));
    }
}
