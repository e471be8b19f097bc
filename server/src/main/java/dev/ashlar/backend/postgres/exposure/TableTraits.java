package dev.ashlar.backend.postgres.exposure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the rows of a table say about whose they are, and by what else policies tell them apart.
///
/// @param owner the column to change to make a row somebody else's
/// @param accounts columns that hold an account's id
/// @param mails columns that hold an account's address
/// @param lists columns that hold several accounts
/// @param personal whether its rows belong to accounts at all
/// @param ownerless whether a row of it may belong to nobody
/// @param single whether an account can have only one row
/// @param literals by column: what policies compare it with
/// @param tests by column: what else policies want of it
/// @param parties columns that must name different accounts, the owner first; empty where all of a
///   row's may be the same
/// @param forgeable columns that say in whose name a row stands, where others name the caller too
/// @param variants how many rows a holder needs so that policies can tell them apart
record TableTraits(
        Optional<String> owner,
        Set<String> accounts,
        Set<String> mails,
        Set<String> lists,
        boolean personal,
        boolean ownerless,
        boolean single,
        Map<String, List<String>> literals,
        Map<String, Test> tests,
        List<String> parties,
        Set<String> forgeable,
        int variants) {

    TableTraits withVariants(int count) {
        return new TableTraits(
                owner, accounts, mails, lists, personal, ownerless, single, literals, tests,
                parties, forgeable, count);
    }

    /// The one of the parties whose account is the holder's: in the caller's rows each by turns.
    Optional<String> ownParty(World world) {
        boolean turns = !single && world.holder() == World.Holder.A;
        return parties.isEmpty()
                ? Optional.empty()
                : Optional.of(parties.get(turns ? world.variant() % parties.size() : 0));
    }

    /// What a policy wants of a column, which variant 0 gives and variant 1 does not.
    enum Test {
        NULL,
        NOT_NULL,
        FUTURE,
        PAST
    }
}
