-- Which of the parameters that need a right this login may set: since PostgreSQL 15 it can be given one.
select p.name from unnest(cast(? as text[])) as p (name) where has_parameter_privilege(session_user, p.name, 'SET');
