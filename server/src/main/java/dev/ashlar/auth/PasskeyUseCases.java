package dev.ashlar.auth;

import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.webauthn.Ceremonies;
import dev.ashlar.auth.webauthn.ChallengeStore;
import dev.ashlar.auth.webauthn.PasskeyStore;
import dev.ashlar.backend.sql.SqlDatabase;

/// What people do with passkeys.
public record PasskeyUseCases(
        PasskeyRegistration registration, PasskeySignIn signIn, PasskeyAdmin admin) {

    static PasskeyUseCases create(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore sessionStore,
            Sessions sessions,
            Ceremonies ceremonies,
            AuthContext context) {
        PasskeyStore passkeys = new PasskeyStore();
        ChallengeStore challenges = new ChallengeStore();
        BearerCheck bearers = new BearerCheck(accounts, sessionStore, context);
        return new PasskeyUseCases(
                new PasskeyRegistration(
                        database, accounts, passkeys, challenges, ceremonies, bearers, context),
                new PasskeySignIn(
                        database, accounts, passkeys, challenges, ceremonies, sessions, context),
                new PasskeyAdmin(database, accounts, passkeys, bearers, context));
    }
}
