package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Which columns say whose a row is: those that point at accounts, those that policies compare with
/// the caller, and those that are named so.
final class Owners {
    static final String ACCOUNTS = "auth.users";

    private static final Set<String> NAMED =
            Set.of(
                    "user_id",
                    "owner_id",
                    "owner",
                    "user_uuid",
                    "account_id",
                    "author_id",
                    "created_by",
                    "creator_id",
                    "profile_id",
                    "customer_id",
                    "sender_id",
                    "uploaded_by",
                    "uid");

    private final Facts facts;
    private final Conditions conditions;
    private final Map<Long, Set<String>> known = new HashMap<>();

    Owners(Facts facts, Conditions conditions) {
        this.facts = facts;
        this.conditions = conditions;
    }

    boolean owned(Relation relation) {
        return !of(relation).isEmpty();
    }

    Set<String> of(Relation relation) {
        return known.computeIfAbsent(relation.oid(), _ -> find(relation));
    }

    private Set<String> find(Relation relation) {
        Set<String> found = new LinkedHashSet<>();
        for (ForeignKey key : facts.foreignKeysOf(relation)) {
            if (key.targetLabel().equals(ACCOUNTS)) {
                found.addAll(key.columns());
            }
        }
        for (Policy policy : facts.policiesOf(relation)) {
            for (String text : Conditions.texts(policy)) {
                conditions.parse(text).columnsComparedWithCaller().stream()
                        .filter(name -> relation.find(name).isPresent())
                        .forEach(found::add);
            }
        }
        for (Column column : relation.columns()) {
            boolean fits = column.base().equals("uuid") || column.category() == 'S';
            if (fits && NAMED.contains(Words.joined(column.name()))) {
                found.add(column.name());
            }
        }
        return found;
    }
}
