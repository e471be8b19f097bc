package dev.ashlar.auth;

import dev.ashlar.auth.SocialUseCases.Shared;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.audit.AuditLog;
import dev.ashlar.auth.audit.AuditStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.Place;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.context.AuthLimits;
import dev.ashlar.auth.factor.FactorMethod;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.hook.HookedDatabase;
import dev.ashlar.auth.keys.KeyRing;
import dev.ashlar.auth.link.FlowStateStore;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.MessagePace;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.auth.password.HashForms;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.session.AccessTokens;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.RefreshTokenSecret;
import dev.ashlar.auth.session.RefreshTokens;
import dev.ashlar.auth.session.Revocations;
import dev.ashlar.auth.session.SessionCookies;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.throttle.KnownNetworks;
import dev.ashlar.auth.throttle.Throttle;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.auth.webauthn.Ceremonies;
import dev.ashlar.auth.webauthn.WebAuthnMethod;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.config.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The use cases of sign-in, put together over one database.
public record AuthDomain(
        AuthConfig config,
        SignUp signUp,
        SignIn signIn,
        Accounts accounts,
        AccountAdmin admin,
        CodeRequests codeRequests,
        Verification verification,
        Invitations invitations,
        SocialUseCases social,
        SsoUseCases sso,
        FactorUseCases factors,
        Messages messages,
        Housekeeping housekeeping,
        KeyRing keys,
        KeyAdmin keyAdmin,
        SessionAdmin sessionAdmin,
        SessionCookies cookies,
        UserImport userImport,
        Revocations revocations,
        AuditLog auditLog,
        AuditAdmin auditAdmin,
        ProviderUseCases provider,
        NodeUpkeep upkeep,
        PasswordHasher hasher,
        PasskeyUseCases passkeys,
        CaptchaCheck captcha)
        implements AutoCloseable {
    /// Where nodes tell each other that keys have changed.
    public static final String CHANNEL = "ashlar_auth";

    /// `jwtSecret` signs access tokens, and refresh tokens follow from it.
    public static AuthDomain create(
            AuthConfig config,
            Place place,
            Secret jwtSecret,
            SqlDatabase plain,
            InstantSource clock) {
        PasswordHasher hasher = hasher(config);
        HashForms forms = new HashForms(plain, hasher);
        SecretBox box = new SecretBox(jwtSecret);
        AccountStore accounts = new AccountStore();
        HookCall hooks = new HookCall(config.hooks());
        SqlDatabase database = new HookedDatabase(plain, hooks);
        Messages messages = messages(config, place, database, box, accounts, hooks, clock);
        AuthContext context = context(config, place, plain, box, hooks, messages, clock);
        KeyRing keys = keys(database, jwtSecret, context, clock);
        SessionStore store = new SessionStore();
        RefreshTokens refresh = new RefreshTokens(store, new RefreshTokenSecret(jwtSecret), config);
        AuditLog log = new AuditLog(database, jwtSecret, clock);
        Revocations revocations = new Revocations(database, store, config, clock);
        Sessions sessions = new Sessions(store, refresh, accessTokens(keys, context), config);
        PasswordRules rules = new PasswordRules(config);
        FlowStateStore flowStates = new FlowStateStore();
        Flows flows = new Flows(flowStates, config);
        OneTimeCodes codes = new OneTimeCodes(box);
        MessagePace pace = new MessagePace(box);
        Ceremonies ceremonies = new Ceremonies();
        List<FactorMethod> more = List.of(new WebAuthnMethod(ceremonies, config));
        RedirectAllowList redirects = new RedirectAllowList(config, place);
        BearerCheck bearers = new BearerCheck(accounts, store, context);
        var parts = new OAuthTokens.SessionParts(store, sessions, refresh);
        ProviderUseCases provider =
                ProviderUseCases.create(database, accounts, parts, keys, redirects, context);
        AddressReclaim reclaim = new AddressReclaim(accounts, store, codes, context);
        Notices notices = new Notices(redirects, flows, codes, pace, messages, accounts, context);
        var shared = new Shared(accounts, store, sessions, flows, reclaim, redirects, notices, box);
        SocialUseCases social = SocialUseCases.create(database, shared, context);
        return new AuthDomain(
                config,
                new SignUp(database, accounts, sessions, hasher, rules, reclaim, notices, context),
                signIn(database, accounts, sessions, refresh, flows, box, social, forms, context),
                new Accounts(database, accounts, store, hasher, rules, codes, notices, context),
                new AccountAdmin(database, accounts, store, hasher, rules, context),
                new CodeRequests(database, accounts, notices, bearers, context),
                new Verification(
                        database, accounts, sessions, codes, flows, redirects, reclaim, context),
                new Invitations(database, accounts, reclaim, notices, hasher, rules, context),
                social,
                SsoUseCases.create(database, shared, context),
                FactorUseCases.create(
                        database, accounts, store, sessions, box, pace, messages, more, context),
                messages,
                Housekeeping.start(database, codes, flowStates, pace, context),
                keys,
                new KeyAdmin(keys),
                new SessionAdmin(database, accounts, store, context),
                new SessionCookies(database, accounts, store, sessions, revocations, box, context),
                new UserImport(database, accounts, hasher, rules, context),
                revocations,
                log,
                new AuditAdmin(log),
                provider,
                new NodeUpkeep(database, keys, revocations, forms, log, store, provider, context)
                        .started(),
                hasher,
                PasskeyUseCases.create(database, accounts, store, sessions, ceremonies, context),
                new CaptchaCheck(context));
    }

    private static KeyRing keys(
            SqlDatabase database, Secret jwtSecret, AuthContext context, InstantSource clock) {
        return KeyRing.open(
                database, context.audit(), jwtSecret, context.config().signingAlgorithm(), clock);
    }

    private static SignIn signIn(
            SqlDatabase database,
            AccountStore accounts,
            Sessions sessions,
            RefreshTokens refresh,
            Flows flows,
            SecretBox box,
            SocialUseCases social,
            HashForms forms,
            AuthContext context) {
        return new SignIn(
                database,
                accounts,
                sessions,
                refresh,
                flows,
                new FlowTokens(box),
                social.pending(),
                forms,
                context);
    }

    private static AccessTokens accessTokens(KeyRing keys, AuthContext context) {
        return new AccessTokens(
                new TokenSigner(keys::keys),
                context.config(),
                context.apiUrl(),
                new ClaimsHook(context.hooks()));
    }

    private static Messages messages(
            AuthConfig config,
            Place place,
            SqlDatabase database,
            SecretBox box,
            AccountStore accounts,
            HookCall hooks,
            InstantSource clock) {
        return Messages.open(
                config,
                place,
                database,
                box,
                (tx, about, now) -> abandoned(tx, about, now, accounts),
                hooks,
                clock);
    }

    private static AuthLimits limits(
            AuthConfig config, SqlDatabase database, SecretBox box, InstantSource clock) {
        Throttle.Reach reach =
                config.limits().shared() ? Throttle.Reach.ALL_NODES : Throttle.Reach.EACH_NODE;
        return new AuthLimits(
                config, new Throttle(database, box, clock, reach), new KnownNetworks(box));
    }

    private static AuthContext context(
            AuthConfig config,
            Place place,
            SqlDatabase database,
            SecretBox box,
            HookCall hooks,
            Messages messages,
            InstantSource clock) {
        String apiUrl = withoutSlash(config.externalUrl().orElse(place.localUrl()));
        return new AuthContext(
                config,
                apiUrl,
                limits(config, database, box, clock),
                new AuditStore(),
                hooks,
                new MailedNews(messages, config, apiUrl),
                clock);
    }

    private static PasswordHasher hasher(AuthConfig config) {
        int threads =
                config.passwordThreads() > 0
                        ? config.passwordThreads()
                        : PasswordHasher.threadsFor(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.getRuntime().maxMemory());
        return new PasswordHasher(threads, config.passwordQueue());
    }

    /// The verifier, which from now on has the keys of the moment.
    public TokenVerifier following(TokenVerifier verifier) {
        keys.follow(changed -> {
            verifier.useKeys(changed);
            cookies.forgetAll();
        });
        verifier.onUnknownKey(keys::lookUpSoon);
        return verifier;
    }

    @Override
    public void close() {
        upkeep.close();
        housekeeping.close();
        messages.close();
        hasher.close();
    }

    private static void abandoned(
            SqlTransaction tx, UUID about, Instant now, AccountStore accounts) {
        accounts.find(tx, about)
                .ifPresent(found ->
                        new AuditStore()
                                .record(
                                        tx,
                                        Action.MESSAGE_ABANDONED,
                                        found.account(),
                                        new Visitor("", ""),
                                        now));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
