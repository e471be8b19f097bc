package dev.ashlar.policy.exposure;

/// What was tried on a relation, as a caller whose account is A; B is somebody else. Anonymous
/// callers have no account: for them every row is somebody else's.
public enum Act {
    READ_OWN(Verb.SELECT),
    READ_OTHERS(Verb.SELECT),
    /// Rows that belong to nobody: of a table that names no account, or whose owner is NULL.
    READ_OWNERLESS(Verb.SELECT),
    INSERT_OWN(Verb.INSERT),
    /// A row in somebody else's name.
    INSERT_OTHERS(Verb.INSERT),
    INSERT_OWNERLESS(Verb.INSERT),
    UPDATE_OWN(Verb.UPDATE),
    UPDATE_OTHERS(Verb.UPDATE),
    UPDATE_OWNERLESS(Verb.UPDATE),
    /// An own row made somebody else's.
    GIVE_AWAY(Verb.UPDATE),
    /// Somebody else's row made one's own.
    TAKE_OVER(Verb.UPDATE),
    DELETE_OWN(Verb.DELETE),
    DELETE_OTHERS(Verb.DELETE),
    DELETE_OWNERLESS(Verb.DELETE);

    private final Verb verb;

    Act(Verb verb) {
        this.verb = verb;
    }

    public Verb verb() {
        return verb;
    }
}
