package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Who can do what: a cell for each exposed relation, role and verb, and for each routine and role.
final class Matrix {
    /// Rows of one's own, and those that one makes one's own or gives away.
    private static final Set<Act> OWN =
            EnumSet.of(Act.READ_OWN, Act.INSERT_OWN, Act.UPDATE_OWN, Act.DELETE_OWN, Act.GIVE_AWAY);

    private Matrix() {}

    static List<Cell> of(Judgement judgement) {
        List<Cell> cells = new ArrayList<>();
        List<String> roles = judgement.facts().callers().all();
        for (Relation relation : judgement.facts().exposed()) {
            for (String role : roles) {
                for (Verb verb : List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)) {
                    cells.add(cell(judgement, relation, role, verb));
                }
            }
        }
        judgement.facts().routines().stream()
                .filter(routine -> routine.exposed() && !routine.returnsTrigger())
                .forEach(routine -> roles.forEach(role -> cells.add(cell(routine, role))));
        return cells;
    }

    private static Cell cell(Judgement judgement, Relation relation, String role, Verb verb) {
        Rows rows = rows(judgement, relation, role, verb);
        Set<String> granted = relation.privileges(role).columns(verb);
        List<String> columns =
                rows == Rows.NONE || verb == Verb.DELETE
                        ? List.of()
                        : relation.columns().stream()
                                .map(Column::name)
                                .filter(granted::contains)
                                .toList();
        return new Cell(relation.label(), role, verb, rows, columns);
    }

    private static Rows rows(Judgement judgement, Relation relation, String role, Verb verb) {
        if (!relation.privileges(role).may(verb)) {
            return Rows.NONE;
        }
        boolean own = false;
        boolean unknown = false;
        for (Act act : Stream.of(Act.values()).filter(each -> each.verb() == verb).toList()) {
            Outcome outcome = judgement.outcome(relation, role, act);
            boolean works = outcome == Outcome.ALLOWED || outcome == Outcome.SOME;
            if (works && !OWN.contains(act)) {
                return Rows.ALL;
            }
            own |= works;
            unknown |= outcome == Outcome.UNKNOWN;
        }
        if (own) {
            return Rows.OWN;
        }
        return unknown ? Rows.UNKNOWN : Rows.NONE;
    }

    private static Cell cell(Routine routine, String role) {
        return new Cell(
                RoutineRule.object(routine),
                role,
                Verb.EXECUTE,
                routine.callers().contains(role) ? Rows.ALL : Rows.NONE,
                List.of());
    }
}
