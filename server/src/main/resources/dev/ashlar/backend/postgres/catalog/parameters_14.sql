-- Which of the parameters that need a right this login may set: all or none.
select p.name from unnest(cast(? as text[])) as p (name) where current_setting('is_superuser') = 'on';
