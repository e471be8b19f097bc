package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;

/// Asks whether code kept in the database (functions, views, policies) may change settings of the
/// session.
///
/// A statement sent alone on a shared session could then leave role or claims behind for the next
/// one, so such a database has every read in a transaction that is rolled back. Text that merely
/// looks like it counts too; compiled languages are taken at their word. EXECUTE of text put
/// together at run time cannot be seen through and counts when it may hold SET.
final class SessionGuard {
    /// One row: true when such code was found.
    static final SqlStatement CHANGES_SESSION =
            SqlText.of(
                    """
                    with code as (
                      select p.prosrc as source, coalesce(p.prosqlbody::text, '') as tree
                        from pg_catalog.pg_proc p
                        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                        join pg_catalog.pg_language l on l.oid = p.prolang
                       where n.nspname not in ('pg_catalog', 'information_schema')
                         and l.lanname not in ('internal', 'c')
                      union all
                      select '', r.ev_action::text
                        from pg_catalog.pg_rewrite r
                        join pg_catalog.pg_class c on c.oid = r.ev_class
                       where c.relnamespace not in ('pg_catalog'::regnamespace,
                                                    'information_schema'::regnamespace)
                      union all
                      select '', coalesce(polqual::text, '') || coalesce(polwithcheck::text, '')
                        from pg_catalog.pg_policy
                    )
                    select exists (
                      select from code
                       where source ~* 'set_config'
                          or source ~* '\\m(set|reset)\\s+(session\\s+|local\\s+)?"?(role|request\\.|session)'
                          or source ~* '\\m(reset|discard)\\s+all\\M'
                          or (source ~* '\\mexecute\\M' and source ~* '''\\s*(set|reset)\\M')
                          or tree like '%:funcid '
                               || 'pg_catalog.set_config(text,text,boolean)'::regprocedure::oid
                               || ' %')\
                    """);

    private SessionGuard() {}
}
