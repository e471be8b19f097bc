package dev.ashlar.auth.webauthn;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.MfaConfig.Offer;
import dev.ashlar.auth.factor.Challenge;
import dev.ashlar.auth.factor.ChallengeMade;
import dev.ashlar.auth.factor.ChallengeWish;
import dev.ashlar.auth.factor.Enrollment;
import dev.ashlar.auth.factor.FactorMethod;
import dev.ashlar.auth.factor.FactorWish;
import dev.ashlar.auth.factor.Proof;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.webauthn.Ceremonies.Assertion;
import dev.ashlar.auth.webauthn.Ceremonies.Expected;
import dev.ashlar.auth.webauthn.CeremonyOptions.Person;
import dev.ashlar.auth.webauthn.CeremonyOptions.ResidentKey;
import dev.ashlar.auth.webauthn.CeremonyOptions.Wish;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Security keys, and whatever else speaks WebAuthn, as second factors. The first answer to a new
/// factor registers the key, later ones are signatures of it.
///
/// The handle is the factor's id and nothing has to be kept on the key: so it never takes the place
/// of a passkey of the same person.
public final class WebAuthnMethod implements FactorMethod {
    private static final UserVerification VERIFICATION = UserVerification.PREFERRED;

    private final FactorCredentialStore store = new FactorCredentialStore();
    private final Ceremonies ceremonies;
    private final AuthConfig config;
    private final RelyingParty party;

    public WebAuthnMethod(Ceremonies ceremonies, AuthConfig config) {
        this.ceremonies = ceremonies;
        this.config = config;
        this.party = RelyingParty.of(config);
    }

    @Override
    public Factor.Type type() {
        return Factor.Type.WEBAUTHN;
    }

    @Override
    public String word() {
        return "mfa/webauthn";
    }

    @Override
    public Offer offer() {
        return config.mfa().webauthn();
    }

    @Override
    public void admit(SqlTransaction tx, Account account, FactorWish wish) {
        // Any number fits.
    }

    @Override
    public Enrollment enroll(SqlTransaction tx, Account account, Factor factor, FactorWish wish) {
        return new Enrollment.Plain();
    }

    @Override
    public ChallengeMade challenge(
            SqlTransaction tx,
            Account account,
            Factor factor,
            Challenge challenge,
            ChallengeWish wish,
            Instant now) {
        requireOurs(wish.webAuthn());
        String text = OneTimeSecret.next();
        store.putChallenge(tx, challenge.id(), OneTimeSecret.hash(text));
        Optional<WebAuthnCredential> known = known(tx, factor);
        JsonObject options =
                known.isPresent()
                        ? CeremonyOptions.request(
                                party, text, List.of(known.get()), VERIFICATION, timeout())
                        : CeremonyOptions.creation(
                                party,
                                person(account, factor),
                                text,
                                store.ofAccount(tx, account.id()),
                                new Wish(ResidentKey.DISCOURAGED, VERIFICATION),
                                timeout());
        return new ChallengeMade(
                Optional.empty(),
                Optional.of(
                        new JsonObjectBuilder()
                                .put("type", known.isPresent() ? "request" : "create")
                                .put(
                                        "credential_options",
                                        new JsonObjectBuilder().put("publicKey", options).build())
                                .build()));
    }

    @Override
    public boolean proves(
            SqlTransaction tx, Factor factor, Challenge challenge, Proof proof, Instant now) {
        requireOurs(proof.webAuthn());
        JsonObject answer =
                proof.webAuthn()
                        .flatMap(given -> given.findObject("credential_response"))
                        .orElseThrow(() -> invalid("webauthn.credential_response is required"));
        Optional<String> hash = store.findChallenge(tx, challenge.id());
        if (hash.isEmpty()) {
            return false;
        }
        Expected expected = new Expected(party, hash.get(), VERIFICATION);
        Optional<WebAuthnCredential> known = known(tx, factor);
        Optional<WebAuthnCredential> proved =
                known.isPresent()
                        ? signed(expected, factor, known.get(), answer)
                        : ceremonies.register(expected, AuthenticatorAnswer.registration(answer));
        proved.ifPresent(credential -> store.putCredential(tx, factor.id(), credential));
        return proved.isPresent();
    }

    /// Only a factor that counts for nothing yet may be given a key: in the place of a key that
    /// cannot be read, any other would do.
    private Optional<WebAuthnCredential> known(SqlTransaction tx, Factor factor) {
        Optional<WebAuthnCredential> known = store.findCredential(tx, factor.id());
        if (known.isEmpty() && factor.isVerified()) {
            throw new ProblemException(new Refused(ErrorCode.MFA_VERIFICATION_FAILED));
        }
        return known;
    }

    private Optional<WebAuthnCredential> signed(
            Expected expected, Factor factor, WebAuthnCredential known, JsonObject given) {
        AuthenticatorAnswer.Authentication answer = AuthenticatorAnswer.authentication(given);
        boolean foreign =
                answer.userHandle()
                        .filter(handle -> !handle.equals(UserHandle.of(factor.id())))
                        .isPresent();
        return !foreign
                        && ceremonies.authenticate(expected, known, answer)
                                instanceof Assertion.Accepted(WebAuthnCredential used)
                ? Optional.of(used)
                : Optional.empty();
    }

    /// What a client says of itself changes nothing; a wrong word is better told at once than as a
    /// signature that is not good.
    private void requireOurs(Optional<JsonObject> given) {
        JsonObject client = given.orElseThrow(() -> invalid("webauthn is required"));
        if (client.findText("rpId").filter(id -> !id.equals(party.id())).isPresent()) {
            throw invalid("webauthn.rpId is not the one of this server");
        }
        if (client.find("rpOrigins").orElse(new JsonArray(List.of()))
                        instanceof JsonArray(List<JsonValue> origins)
                && origins.stream()
                        .allMatch(origin ->
                                origin instanceof JsonString(String text)
                                        && party.origins().contains(text))) {
            return;
        }
        throw invalid("webauthn.rpOrigins are not those of this server");
    }

    private Duration timeout() {
        return config.mfa().challengeLifetime();
    }

    private static Person person(Account account, Factor factor) {
        Person owner = Person.of(account);
        return new Person(UserHandle.of(factor.id()), owner.name(), owner.displayName());
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
