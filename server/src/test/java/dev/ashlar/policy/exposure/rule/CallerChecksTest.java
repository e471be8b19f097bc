package dev.ashlar.policy.exposure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.FactsForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerChecksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from secrets",
                "select auth.uid(), s.* from secrets s",
                "select (select auth.uid()) as me, s.* from secrets s where s.id = wanted",
                "begin insert into log (who) values (auth.uid()); return query select * from secrets; end",
                "begin update secrets set seen_by = auth.uid() where id = wanted; end",
                "begin if wanted > 0 then insert into log values (auth.uid()); end if;"
                        + " return query select * from secrets; end",
                "-- where user_id = auth.uid()\nselect * from secrets",
                "/* if auth.uid() */ select * from secrets",
                "begin perform write_log(auth.uid()); return query select * from secrets; end",
                "declare me uuid := auth.uid(); begin insert into log values (me); delete from secrets; end",
            })
    void naming_the_caller_is_no_check(String source) {
        assertThat(checked("setof record", source)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from notes where user_id = auth.uid()",
                "select * from notes where user_id = (select auth.uid())",
                "select * from notes n join members m on m.team = n.team and m.who = auth.uid()",
                "begin if auth.uid() is null then raise exception 'no'; end if; return query select * from s; end",
                "begin if not exists (select 1 from admins where id = auth.uid()) then raise 'no'; end if;"
                        + " delete from notes; end",
                "declare me uuid := auth.uid(); begin delete from notes where owner = me; end",
                "declare me uuid; begin select auth.uid() into me; delete from notes where owner = me; end",
                "declare me uuid; begin me := auth.uid(); return query select * from n where owner = me; end",
                "declare me constant uuid default auth.uid(); begin delete from notes where owner = me; end",
                "insert into notes (owner, body) values (auth.uid(), body)",
                "begin insert into notes (owner) values (auth.uid()); insert into log values (auth.uid()); end",
                "select * from rows_of(auth.uid())",
                "begin perform check_access(auth.uid(), wanted); return query select * from secrets; end",
                "begin case when (auth.jwt() ->> 'role') = 'admin' then return query select * from s; end case; end",
                "select * from notes where owner::text = current_setting('request.jwt.claim.sub', true)",
                "select case (auth.jwt() ->> 'aal') = 'aal2' when true then secret end from s",
            })
    void what_depends_on_the_caller_is_checked(String source) {
        assertThat(checked("setof record", source)).isTrue();
    }

    @Test
    void yes_or_no_about_the_caller_is_a_check() {
        assertThat(checked("boolean", "select has_role(auth.uid(), 'admin')")).isTrue();
        assertThat(checked("boolean", "select exists (select from secrets)")).isFalse();
    }

    @Test
    void a_function_that_refuses_checks_for_those_that_call_it() {
        String refusing = "begin if auth.uid() is null then raise exception 'no'; end if; end";
        String calling = "begin perform require_user(); delete from secrets; end";
        assertThat(checked("void", calling, "require_user", refusing)).isTrue();
        assertThat(checked("void", calling, "require_other", refusing)).isFalse();
    }

    @Test
    void a_function_that_tells_the_caller_is_as_good_as_asking() {
        String telling = "select auth.uid()";
        assertThat(checked("void", "delete from notes where owner = me()", "me", telling)).isTrue();
        assertThat(checked("record", "select me(), s.* from secrets s", "me", telling)).isFalse();
    }

    private static boolean checked(String returns, String source) {
        return checked(returns, source, "other", "select 1");
    }

    private static boolean checked(String returns, String source, String other, String itsSource) {
        Facts facts =
                new FactsForTests()
                        .definer("tried", returns, source)
                        .definer(other, "uuid", itsSource)
                        .build();
        return CallerChecks.in(facts, facts.routines().getFirst());
    }
}
