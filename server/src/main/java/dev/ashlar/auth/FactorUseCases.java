package dev.ashlar.auth;

import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.factor.FactorMethod;
import dev.ashlar.auth.factor.FactorMethods;
import dev.ashlar.auth.factor.PhoneMethod;
import dev.ashlar.auth.factor.RecoveryCodes;
import dev.ashlar.auth.factor.TotpMethod;
import dev.ashlar.auth.link.MessagePace;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import java.util.ArrayList;
import java.util.List;

/// The use cases of second factors.
public record FactorUseCases(Factors own, Recovery recovery, FactorAdmin admin) {

    /// `more` are the types of factors beside authenticator apps and phones.
    static FactorUseCases create(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore store,
            Sessions sessions,
            SecretBox box,
            MessagePace pace,
            Messages messages,
            List<FactorMethod> more,
            AuthContext context) {
        List<FactorMethod> all = new ArrayList<>(more);
        all.add(new TotpMethod(box, context.config()));
        all.add(new PhoneMethod(box, pace, messages, context.config()));
        FactorMethods methods = new FactorMethods(all);
        SecondFactorCheck check =
                new SecondFactorCheck(
                        database,
                        accounts,
                        new BearerCheck(accounts, store, context),
                        sessions,
                        context);
        FactorRemoval removal = new FactorRemoval(store, methods, context);
        return new FactorUseCases(
                new Factors(database, check, methods, removal, messages, context),
                new Recovery(
                        database,
                        check,
                        new RecoveryCodes(box, context.config().mfa().recoveryCodes()),
                        removal,
                        context),
                new FactorAdmin(database, accounts, removal, context));
    }
}
