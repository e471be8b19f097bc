package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;

/// Asks what code kept in the database (functions, views, policies, defaults, checks) does with
/// settings.
///
/// A statement sent alone on a shared session could leave role or claims behind for the next one
/// when such code changes settings of the session; such a database has every read in a transaction
/// that is rolled back. Text that merely looks like it counts too; compiled languages are taken at
/// their word. EXECUTE of text put together at run time cannot be seen through and counts when it
/// may hold SET.
///
/// Code that asks for a setting by a constant name asks about the request when the name is one of
/// the request's; by any other expression it may ask for all. In a stored tree the name is the
/// bytes of a constant behind a length (`outDatum` in outfuncs.c): `request.` in any case, but for
/// `request.jwt`. 2077 and 3294 are the two `current_setting`.
final class SessionGuard {
    /// One row: whether such code was found, whether code asks about the request beyond the claims,
    /// and whether code may set status or headers of the answer.
    static final SqlStatement CHANGES_SESSION =
            SqlText.of(
                    """
                    with stored as (
                      select p.prosqlbody::text as tree from pg_catalog.pg_proc p
                       where p.prosqlbody is not null and p.oid >= 16384
                      union all
                      select r.ev_action::text
                        from pg_catalog.pg_rewrite r
                        join pg_catalog.pg_class c on c.oid = r.ev_class
                       where c.relnamespace not in ('pg_catalog'::regnamespace,
                                                    'information_schema'::regnamespace)
                      union all
                      select coalesce(polqual::text, '') || coalesce(polwithcheck::text, '')
                        from pg_catalog.pg_policy
                      union all
                      select adbin::text from pg_catalog.pg_attrdef
                      union all
                      select conbin::text from pg_catalog.pg_constraint
                       where conbin is not null and oid >= 16384
                      union all
                      select typdefaultbin::text from pg_catalog.pg_type
                       where typdefaultbin is not null
                      union all
                      select tgqual::text from pg_catalog.pg_trigger where tgqual is not null
                    ), setter as materialized (
                      select '%:funcid '
                             || 'pg_catalog.set_config(text,text,boolean)'::regprocedure::oid
                             || ' %' as pattern
                    ), code as materialized (
                      select p.prosrc as source, '' as tree
                        from pg_catalog.pg_proc p
                        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                        join pg_catalog.pg_language l on l.oid = p.prolang
                       where n.nspname not in ('pg_catalog', 'information_schema')
                         and l.lanname not in ('internal', 'c')
                      union all
                      select '', s.tree from stored s
                       where s.tree like '%:funcid 2077 %' or s.tree like '%:funcid 3294 %'
                          or s.tree like (select pattern from setter)
                    )
                    select exists (
                      select from code
                       where source ~* 'set_config'
                          or source ~* '\\m(set|reset)\\s+(session\\s+|local\\s+)?"?(role|request\\.|session|search_path|statement_timeout)'
                          or source ~* '\\m(reset|discard)\\s+all\\M'
                          or (source ~* '\\mexecute\\M' and source ~* '''\\s*(set|reset)\\M')
                          or tree like (select pattern from setter)),
                      exists (
                      select from code
                       where source ~* 'request\\.(method|path|headers|cookies)'
                          or regexp_replace(source,
                               'current_setting\\s*\\(\\s*''[^'']*''\\s*(::\\s*text\\s*)?[,)]',
                               '', 'gi')
                             ~* 'current_setting'
                          or regexp_replace(tree,
                               ':funcid (2077|3294) [^{}]*:args \\(\\{CONST [^{}[]*:constvalue \\d+ '
                               || '\\[ (-?\\d+ ){4}(?!(82|114) (69|101) (81|113) (85|117) (69|101) '
                               || '(83|115) (84|116) 46 (?!(74|106) (87|119) (84|116) ))'
                               || '[-0-9 ]*\\]', '', 'g')
                             ~ ':funcid (2077|3294) '),
                      exists (
                      select from code
                       where source ~* 'response\\.(status|headers|''|%)'
                          or tree like (select pattern from setter))\
                    """);

    private SessionGuard() {}
}
